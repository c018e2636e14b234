import com.google.refine.model.Recon;
import com.google.refine.model.ReconCandidate;
import com.google.refine.model.recon.ReconJob;
import com.google.refine.model.recon.ReconciledDataExtensionJob;
import com.google.refine.model.recon.ReconciledDataExtensionJob.DataExtensionConfig;
import com.google.refine.model.recon.ReconciledDataExtensionJob.DataExtensionProperty;
import com.google.refine.model.recon.StandardReconConfig;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;

/**
 * Reconciles the lines of standard input as OpenRefine does, and then extends what it matched by itself.
 *
 * <p>Refine SERVICE IDENTIFIER_SPACE SCHEMA_SPACE TYPE PROPERTY... A line for each string: the string, OpenRefine's
 * judgement, the term matched and the first candidate. Then a line for each value: the term, the property, the value.
 */
public class Refine {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] args) throws Exception {
        StandardReconConfig config =
                new StandardReconConfig(args[0], args[1], args[2], args[3], args[3], true, List.of(), 5);
        List<ReconJob> jobs = new ArrayList<>();
        List<String> strings = new ArrayList<>();
        for (Scanner lines = new Scanner(System.in, "UTF-8"); lines.hasNextLine(); ) {
            strings.add(lines.nextLine());
            jobs.add(config.createSimpleJob(strings.get(strings.size() - 1)));
        }
        List<Recon> recons = config.batchRecon(jobs, 1L);
        Map<String, ReconCandidate> matched = new LinkedHashMap<>();
        for (int at = 0; at < strings.size(); at++) {
            Recon recon = recons.get(at);
            if (recon.error != null) {
                throw new IllegalStateException(strings.get(at) + ": " + recon.error);
            }
            ReconCandidate best = recon.getBestCandidate();
            tell(strings.get(at), recon.judgment, recon.match == null ? "" : recon.match.id, best == null ? "" : best.id);
            if (recon.match != null) {
                matched.put(recon.match.id, recon.match);
            }
        }
        List<DataExtensionProperty> properties = new ArrayList<>();
        for (String id : Arrays.copyOfRange(args, 4, args.length)) {
            properties.add(new DataExtensionProperty(id, id, new HashMap<>()));
        }
        ReconciledDataExtensionJob job = new ReconciledDataExtensionJob(new DataExtensionConfig(properties), args[0]);
        var extended = new TreeMap<>(job.extend(matched.keySet(), matched));
        for (var entry : extended.entrySet()) {
            for (Object[] row : entry.getValue().data) {
                for (int at = 0; at < row.length; at++) {
                    if (row[at] != null) {
                        Object value = row[at] instanceof ReconCandidate ? ((ReconCandidate) row[at]).id : row[at];
                        tell(entry.getKey(), properties.get(at).id, value);
                    }
                }
            }
        }
    }

    private static void tell(Object... cells) {
        OUT.println(String.join("\t", Arrays.stream(cells).map(String::valueOf).toList()));
    }
}
