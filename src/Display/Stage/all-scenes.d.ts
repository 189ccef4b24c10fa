/** The scripts in the folders of src/Display/Scenes, by the kind of the scene; build/scenes.mjs gathers them. */
declare module 'all-scenes' {
  export const scripts: Record<string, import('./scene-view').OpenScene | undefined>;
}
