// Names that the server knows are offered while a place is typed. Without this script the page works the same, by its form.
"use strict";
const api = new URL("../api/v1/", document.currentScript.src);
document.addEventListener("input", (() => {
  let timer = 0, asked = "";
  return (event) => {
    const field = event.target;
    const list = document.getElementById("names");
    if (!list || !(field instanceof HTMLInputElement) || field.getAttribute("list") !== "names") return;
    clearTimeout(timer);
    const text = field.value.trim();
    if (text.length < 2 || text === asked) return;
    timer = setTimeout(async () => {
      asked = text;
      try {
        const answer = await fetch(new URL("issuers?limit=8&q=" + encodeURIComponent(text), api));
        if (!answer.ok) return;
        const found = await answer.json();
        list.replaceChildren(...found.items.map((issuer) => {
          const option = document.createElement("option");
          const alone = found.items.filter((other) => other.name === issuer.name).length === 1;
          option.value = alone ? issuer.name : issuer.issuer_id;
          // the browser offers only what holds the text typed: pinyin stands in the label
          if (!alone) option.label = text + " " + issuer.name;
          else if (!issuer.name.includes(text)) option.label = text;
          return option;
        }));
      } catch {
        // no network: the form still works
      }
    }, 200);
  };
})());

// On a static site there is no server to search: the names lie beside the pages.
(() => {
  const field = document.getElementById("names-find");
  const list = document.getElementById("names-found");
  const names = window.gongkaiNames;
  if (!field || !list || !names) return;
  field.addEventListener("input", () => {
    const text = field.value.trim();
    const latin = text.toLowerCase().replaceAll(" ", "");
    const hits = text === "" ? [] : names.filter(([name, initials, id, spelling]) => name.includes(text) || initials.startsWith(latin) || id === text || latin.length > 1 && spelling.startsWith(latin)).slice(0, 20);
    list.replaceChildren(...hits.map(([name, , id]) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const own = document.createElement("bdi");
      own.textContent = name;
      link.href = "place/" + encodeURIComponent(id) + ".html";
      link.append(own);
      item.append(link);
      return item;
    }));
  });
})();
