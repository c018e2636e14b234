// What the editor offers while one types: prefixes, and classes, properties and terms as the VoID
// description counts them. After a subject whose class is stated, the properties of that class.

const LIMIT = 60;

/** Replaces the completers of Yasqe, two of which would ask other hosts. */
export function install(Yasqe, known, names) {
  const prefixes = Object.entries(known.prefixes).map(([name, iri]) => `${name}: <${iri}>`);
  Yasqe.forkAutocompleter("prefixes", { name: "known-prefixes", get: prefixes.sort() }, false);
  Yasqe.registerAutocompleter(completer(new Vocabulary(known, names)), false);
  Yasqe.defaults.autocompleters = ["variables", "known-prefixes", "vocabulary"];
}

/** Everything that can be offered, as {text, label, count}. */
export class Vocabulary {
  constructor({ classes, properties, terms }, names) {
    const entry = ([iri, label, count]) => ({ iri, label, count, text: names.curie(iri) || `<${iri}>` });
    this.classes = classes.map(entry);
    this.properties = properties.map(entry);
    this.terms = terms.map(entry);
    this.used = new Map(
      classes.map(([iri, , , used]) => [names.curie(iri), new Map(Object.entries(used))]),
    );
  }

  /** The properties of a class with their counts there; of an unknown one, all. */
  propertiesOf(text) {
    const used = this.used.get(text);
    if (!used) return this.properties;
    return this.properties
      .filter(({ iri }) => used.has(iri))
      .map((entry) => ({ ...entry, count: used.get(entry.iri) }));
  }

  /** What fits the typed text: by CURIE or by a word of the label; best first. */
  offer(place, typed, subjectClass = "") {
    const entries = place === "property" ? this.propertiesOf(subjectClass) : this[place];
    const [, space, local] = /^(?:<?([^:<]*):)?(.*)$/s.exec(typed.toLowerCase());
    const rank = ({ text, label }) => {
      const name = text.toLowerCase();
      const words = label.toLowerCase();
      if (space !== undefined && !name.startsWith(`${space}:`)) return 0;
      if (name.startsWith(typed.toLowerCase()) || words.startsWith(local)) return 3;
      return words.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(local)) ? 2 : 0;
    };
    return entries
      .map((entry) => [rank(entry), entry])
      .filter(([fit]) => fit)
      .sort(([a, x], [b, y]) => b - a || (y.count ?? 0) - (x.count ?? 0) || (x.text < y.text ? -1 : 1))
      .slice(0, LIMIT)
      .map(([, entry]) => entry);
  }
}

/** Which kind of name may stand at the cursor: "properties", "classes", "terms" or "". */
function placeOf(yasqe, token) {
  const possible = token.state.possibleCurrent ?? [];
  if (token.type === "comment" || token.type === "string" || /^[?$"']/.test(token.string)) return "";
  const before = yasqe.getPreviousNonWsToken(yasqe.getDoc().getCursor().line, token)?.string ?? "";
  if (before.toUpperCase() === "PREFIX" || before.endsWith(":")) return "";
  if (before === "a" || before === "rdf:type") return "classes";
  if (possible.includes("a")) return "property";
  return possible.includes("PNAME_LN") ? "terms" : "";
}

/** The class that the query states for the subject of the statement before the cursor. */
export function subjectClass(text, offset) {
  const bare = (part) => part.replace(/"[^"]*"|<[^>]*>|#.*$/gm, " ");
  const statement = bare(text.slice(0, offset)).split(/[.{}](?=\s)/).pop();
  const [subject] = /[?$]\w+/.exec(statement) ?? [];
  if (!subject) return "";
  const escaped = subject.replace("$", "\\$").replace("?", "\\?");
  return new RegExp(`${escaped}\\s+(?:a|rdf:type)\\s+([\\w-]+:[\\w-]+)`).exec(bare(text))?.[1] ?? "";
}

function completer(vocabulary) {
  let offered = [];
  return {
    name: "vocabulary",
    bulk: false,
    autoShow: true,
    isValidCompletionPosition(yasqe) {
      const token = yasqe.getCompleteToken();
      const isAsked = yasqe.isCompletionAsked || token.string.trim().length > 1;
      return isAsked && placeOf(yasqe, token) !== "";
    },
    preProcessToken(yasqe, token) {
      const { ch } = yasqe.getDoc().getCursor();
      return token.string.trim() ? token : { ...token, from: { ch }, to: { ch } };
    },
    get(yasqe, token) {
      const document = yasqe.getDoc();
      const offset = document.indexFromPos(document.getCursor());
      const place = placeOf(yasqe, yasqe.getCompleteToken());
      const owner = place === "property" ? subjectClass(document.getValue(), offset) : "";
      offered = vocabulary.offer(place, token.string.trim(), owner);
      return offered.map(({ text }) => text);
    },
    postprocessHints(yasqe, hints) {
      return hints.map((hint, index) => ({ ...hint, displayText: shown(offered[index]) }));
    },
  };
}

function shown({ text, label, count }) {
  const times = count === undefined ? "" : ` (${count.toLocaleString("en")})`;
  return `${text}  ${label}${times}`;
}
