// What a SPARQL parser says of a mistake, in words for a reader.

/**
 * `say` is a sentence; `expected` is the parser's list of what could have stood there, or "". Oxigraph
 * says «expected one of a, b, c», and among them, where it knows one, a reason: «Prefix not found».
 */
export function explained(message, query, line, column) {
  const [, list] = /^expected (?:one of )?(.*)$/s.exec(message) ?? [];
  if (!list || !line) return { say: message, expected: "" };
  const reason = list.split(", ").find((part) => /^[A-Z]\S* .*[a-z]{2}/.test(part));
  if (reason) return { say: `${reason}.`, expected: "" };
  const rest = [query.split("\n")[line - 1]?.slice(column - 1), ...query.split("\n").slice(line)].join("\n").trim();
  const [next] = /^(?:[?$]?[\w:-]+|\S)/u.exec(rest) ?? [];
  return { say: next ? `unexpected “${next}”.` : "the query cannot end here.", expected: list };
}
