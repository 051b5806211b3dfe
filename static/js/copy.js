// A copy button on every code block. Line numbers and diff marks are CSS content, so they are never copied.
for (const block of document.querySelectorAll(".code")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    const code = block.querySelector("code").cloneNode(true);
    for (const removed of code.querySelectorAll("del")) {
      if (removed.nextSibling?.nodeName === "#text") removed.nextSibling.remove();
      removed.remove();
    }
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  block.append(button);
}
