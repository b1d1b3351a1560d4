// Bundles the styles and scripts into src/masseter/ui/static/ui. Run by `python -m masseter.ui.build`.
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build, transform } from "esbuild";
import { PurgeCSS } from "purgecss";
import "./icons.mjs";

// Made aside and copied when whole, so that a failed build leaves the last good one in place.
const out = "dist";
const served = "../src/masseter/ui/static/ui";
const shared = { bundle: true, minify: true, target: ["es2020"], legalComments: "none" };
// The first browsers that know light-dark(), on which the theme rests (spring 2024).
const look = { target: ["chrome123", "firefox120", "safari17.5"] };

// Once for each direction of writing: our own styles know no left and right, Tabler brings a build for each.
async function styles(name, alias) {
  const loader = { ".woff2": "file", ".svg": "dataurl" };
  const names = { assetNames: "fonts/[name]", entryNames: "[name]" };
  const entryPoints = { [name]: "styles/app.css" };
  await build({ ...shared, ...look, minify: false, entryPoints, outdir: out, loader, alias, ...names });
  const file = `${out}/${name}.css`;
  const [{ css }] = await new PurgeCSS().purge({
    content: ["../src/masseter/**/*.html", "../src/masseter/**/*.py", "src/**/*.ts"],
    css: [{ raw: readFileSync(file, "utf8") }],
    defaultExtractor: (text) => text.match(/[\w-/:.%]+(?<![:.])/g) ?? [],
    variables: false,
    safelist: { standard: ["html", "body", ":root", /^fm-(planned|given|ghost|felt)$/], deep: [/^m-/, /^is-/, /^btn/], greedy: [/data-bs-theme/, /:where/, /:is/, /:not/] },
  });
  const small = await transform(css, { ...look, loader: "css", minify: true, legalComments: "none" });
  writeFileSync(file, small.code);
}

async function scripts() {
  // The pages' own scripts, each loaded only where it is used.
  const entryPoints = { app: "src/app.ts", facemap: "src/facemap/index.ts", painmap: "src/painmap/index.ts", medicines: "src/medicines/index.ts", scan: "src/scan/index.ts", photo: "src/photo/index.ts", chair: "src/chair/index.ts", "chair-worker": "src/chair/worker.ts", diary: "src/diary/index.ts", "diary-worker": "src/diary/worker.ts", notify: "src/notify/index.ts", "notify-worker": "src/notify/worker.ts" };
  await build({ ...shared, entryPoints, outdir: out, format: "iife" });
}

rmSync(out, { recursive: true, force: true });
const tabler = "@tabler/core/dist/css/tabler";
await Promise.all([styles("app", {}), styles("app.rtl", { [`${tabler}.css`]: `${tabler}.rtl.css` }), scripts()]);
cpSync("node_modules/zxing-wasm/dist/reader/zxing_reader.wasm", `${out}/zxing_reader.wasm`);
// Papers in Arabic are set in these; browsers bring letters of their own.
const naskh = "node_modules/@expo-google-fonts/noto-naskh-arabic";
for (const cut of ["400Regular", "700Bold"]) {
  const name = `NotoNaskhArabic_${cut}.ttf`;
  cpSync(`${naskh}/${cut}/${name}`, `${out}/fonts/${name}`);
}
cpSync(`${naskh}/LICENSE_FONT`, `${out}/fonts/NotoNaskhArabic-LICENSE.txt`);
rmSync(served, { recursive: true, force: true });
cpSync(out, served, { recursive: true });
