// Recovery codes: copies them, saves them as a file, or prints them.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const keep = document.querySelector("[data-keep]");
  const said = keep.querySelector("[role=status]");
  const button = (way) => keep.querySelector(`[data-keep-by=${way}]`);
  const lines = [...document.querySelectorAll(".on-paper, .codes code")].map((line) => line.textContent);
  const text = lines.join("\n") + "\n";

  button("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    said.textContent = said.dataset.copied;
  });
  button("save").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = "recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  });
  button("print").addEventListener("click", () => window.print());

  // Only a safe connection has a clipboard.
  if (!navigator.clipboard) button("copy").remove();
  keep.hidden = false;
});
