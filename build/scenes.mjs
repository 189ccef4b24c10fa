import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve('src/Display/Scenes');

// The folders that hold a file of their own name with this ending, for example Oath/oath.ts.
const having = ending => readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory()).map(entry => entry.name).sort()
  .filter(name => existsSync(join(folder, name, name.toLowerCase() + ending)));

const kindOf = name => name.toLowerCase();

const scripts = () => [
  ...having('.ts').map(name => `import { open as ${kindOf(name)} } from './${name}/${kindOf(name)}';`),
  `export const scripts = { ${having('.ts').map(kindOf).join(', ')} };`,
].join('\n');

const styles = () => having('.css').map(name => `@import "./${name}/${kindOf(name)}.css";`).join('\n');

// An esbuild plugin: the module "all-scenes" holds the scripts of all scenes by their kind, and "all-scenes.css" their styles,
// so that a scene is added by its folder alone.
export const allScenes = {
  name: 'all-scenes',
  setup(build) {
    build.onResolve({ filter: /^all-scenes(\.css)?$/ }, ({ path }) => ({ path, namespace: 'all-scenes' }));
    build.onLoad({ filter: /^all-scenes$/, namespace: 'all-scenes' }, () => ({ contents: scripts(), loader: 'js', resolveDir: folder }));
    build.onLoad({ filter: /\.css$/, namespace: 'all-scenes' }, () => ({ contents: styles(), loader: 'css', resolveDir: folder }));
  },
};
