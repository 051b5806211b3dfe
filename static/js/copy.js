// A copy button on every code block, for what readers would type: no notes, no removed lines, and of a session
// only the commands. Line numbers and signs are CSS content, so they are never copied.
const { copy, copied } = document.querySelector("script[data-copied]").dataset;
const PROMPT = "\0";

function wanted(block) {
  const code = block.querySelector("code").cloneNode(true);
  for (const extra of code.querySelectorAll("del.line, .note")) extra.remove();
  const prompts = code.querySelectorAll(".gp");
  for (const prompt of prompts) prompt.textContent = PROMPT;
  return prompts.length ? commands(code.textContent.split("\n")) : code.textContent;
}

// Lines with a prompt, and those that a backslash continues.
function commands(lines) {
  let goesOn = false;
  const kept = lines.filter((line) => {
    const isOne = goesOn || line.includes(PROMPT);
    goesOn = isOne && line.endsWith("\\");
    return isOne;
  });
  return kept.map((line) => line.replace(PROMPT, "")).join("\n");
}

// Only https has a clipboard.
for (const block of navigator.clipboard ? document.querySelectorAll(".code") : []) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(wanted(block));
    button.textContent = copied;
    setTimeout(() => { button.textContent = copy; }, 2000);
  });
  block.append(button);
}
