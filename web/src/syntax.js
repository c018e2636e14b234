/**
 * Marks the first line that cannot be SPARQL. Yasqe's own mark says why in a tooltip with a style
 * attribute, which a strict Content Security Policy forbids; this one has plain text.
 */
export function watchSyntax(yasqe) {
  // Yasqe calls this by the name after each change, and reads the kind of query from the option.
  yasqe.checkSyntax = () => {
    yasqe.clearGutter("gutterErrorBar");
    const document = yasqe.getDoc();
    let state = null;
    for (let line = 0; line < document.lineCount(); line += 1) {
      state = yasqe.getTokenAt({ line, ch: document.getLine(line).length }, true).state;
      if (state.OK) continue;
      yasqe.setGutterMarker(line, "gutterErrorBar", mark(state));
      break;
    }
    yasqe.setOption("queryType", state?.queryType);
  };
  yasqe.checkSyntax();
}

function mark({ errorMsg, possibleCurrent = [] }) {
  const made = document.createElement("span");
  made.className = "sparql-mark";
  made.textContent = "!";
  made.title = errorMsg || `Expected here: ${possibleCurrent.join(", ")}`;
  return made;
}
