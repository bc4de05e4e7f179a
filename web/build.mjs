// Builds styles, scripts and fonts into the Python package. Run by `npm run build`.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "src", "yui", "kernel", "ui", "static", "ui", "build");
const modules = join(here, "node_modules");
const target = ["chrome123", "firefox121", "safari17.5"];

const FONTS = {
  "fonts-noto.css": { family: "Noto Sans JP", name: "noto-sans-jp" },
  "fonts-biz.css": { family: "BIZ UDGothic", name: "biz-udgothic" },
};
const WEIGHTS = [400, 700];

/** Write one style sheet of font faces (woff2, split by unicode-range) and copy the files it names. */
async function buildFont(sheet, { family, name }) {
  const source = join(modules, "@fontsource", name);
  const { version } = JSON.parse(await readFile(join(source, "package.json"), "utf8"));
  const ranges = JSON.parse(await readFile(join(source, "unicode.json"), "utf8"));
  const folder = `fonts/${name}-${version}`;
  await mkdir(join(out, folder), { recursive: true });
  const faces = [];
  for (const weight of WEIGHTS) {
    for (const [subset, range] of Object.entries(ranges)) {
      const file = `${name}-${subset.replace(/[[\]]/g, "")}-${weight}-normal.woff2`;
      await cp(join(source, "files", file), join(out, folder, file));
      faces.push(
        `@font-face{font-family:"${family}";font-style:normal;font-weight:${weight};font-display:swap;` +
          `src:url(./${folder}/${file}) format("woff2");unicode-range:${range}}`,
      );
    }
  }
  await cp(join(source, "LICENSE"), join(out, folder, "LICENSE"));
  await writeFile(join(out, sheet), `${faces.join("\n")}\n`);
}

async function buildStylesAndScripts() {
  const common = { bundle: true, minify: true, target, outdir: out, logLevel: "warning" };
  await build({ ...common, entryPoints: [join(here, "css", "app.css")] });
  await build({
    ...common,
    entryPoints: [join(here, "js", "app.js"), join(here, "js", "charts.js")],
    format: "esm",
    legalComments: "linked",
  });
}

/** Compress text files beside themselves, and list the hash of every file in the manifest. */
async function finish() {
  const manifest = {};
  const names = (await readdir(out, { withFileTypes: true })).filter((entry) => entry.isFile());
  for (const { name } of names) {
    const content = await readFile(join(out, name));
    manifest[name] = createHash("sha256").update(content).digest("hex").slice(0, 12);
    if (/\.(css|js|svg)$/.test(name)) {
      await writeFile(join(out, `${name}.gz`), gzipSync(content, { level: 9 }));
      const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
      await writeFile(join(out, `${name}.br`), brotliCompressSync(content, { params }));
    }
  }
  const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(join(out, "manifest.json"), `${JSON.stringify(sorted, null, 1)}\n`);
  return sorted;
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await cp(join(here, "img"), out, { recursive: true });
await buildStylesAndScripts();
for (const [sheet, font] of Object.entries(FONTS)) await buildFont(sheet, font);
const files = await finish();
process.stdout.write(`built ${Object.keys(files).length} files into ${out}\n`);
