// Brings the islands of a page to life. The page names the two files of the bundle on this very script tag.
const { islandsJs, islandsWasm } = document.querySelector("script[data-islands-js]").dataset;
const bundle = await import(islandsJs);
await bundle.default({ module_or_path: islandsWasm });
bundle.hydrate();
for (const island of document.querySelectorAll("leptos-island")) bundle[island.dataset.component](island);
