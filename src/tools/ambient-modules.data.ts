// Names of modules that are no package of a registry, or whose types other packages declare: by the tools' documentation, 2026-11. One too many costs a miss.

/** Packages and scopes, by what their names begin with or are. */
export const AMBIENT_MODULES =
  /^(?:@(?:docusaurus|ember|ember-data|embroider|generated|glimmer|salesforce|site|theme|theme-init|theme-original|types)\/|(?:bun|deno|electron|ember|figma|k6|lightning|lwc|meteor|photoshop|uxp|vscode)$|.*(?:generated|virtual))/;

/**
 * Configurations of packages that say nothing of where modules are found: @tsconfig/bases, astro, expo and @vue/tsconfig, read
 * 2026-11.
 */
export const PLAIN_BASES =
  /^(?:@tsconfig\/(?!docusaurus|nuxt|remix)[\w-]+(?:\/tsconfig\.json)?|astro\/tsconfigs\/\w+(?:\.json)?|expo\/tsconfig\.base(?:\.json)?|@vue\/tsconfig\/tsconfig(?:\.\w+)?\.json)$/;
