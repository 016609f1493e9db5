// The small conveniences of a page: drawing its charts and films, copying code,
// downloading pictures that are shown as PNG.
document.querySelectorAll("figure.chart").forEach(startChart);
document.querySelectorAll("figure.film").forEach(startFilm);

for (const link of document.querySelectorAll("a.download:not([href])")) {
  const picture = link.closest("figure").querySelector("img");
  if (picture) {
    link.href = picture.src;
    link.hidden = false;
  }
}

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const code = button.parentElement.querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      getSelection().selectAllChildren(code);
      document.execCommand("copy");
      getSelection().removeAllRanges();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
}
