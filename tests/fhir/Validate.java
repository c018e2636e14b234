import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/**
 * Holds JSON files against HL7's structure definitions, without network: r4 or r5, then one path a
 * line on standard input. Writes one line a message: path, severity, place, text, with tabs between.
 */
public class Validate {
    public static void main(String[] arguments) throws Exception {
        FhirContext context = arguments[0].equals("r5") ? FhirContext.forR5() : FhirContext.forR4();
        ValidationSupportChain support = new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                new InMemoryTerminologyServerValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context));
        FhirInstanceValidator instances = new FhirInstanceValidator(support);
        instances.setAnyExtensionsAllowed(false);
        var validator = context.newValidator().registerValidatorModule(instances);
        var paths = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new java.io.PrintStream(System.out, true, StandardCharsets.UTF_8);
        String path;
        while ((path = paths.readLine()) != null) {
            var result = validator.validateWithResult(Files.readString(Path.of(path)));
            for (var message : result.getMessages()) {
                if (message.getSeverity().compareTo(ResultSeverityEnum.INFORMATION) > 0) {
                    out.println(String.join("\t", path, message.getSeverity().getCode(),
                            message.getLocationString(), message.getMessage().replaceAll("\\s+", " ")));
                }
            }
            out.println(path + "\tread");
        }
    }
}
