// What `next build` evaluates, 2026-11: seen with Next.js 14.2.35, 15.5.29 and 16.4.6 with React 18 and 19, each variation built. A module
// whose evaluation throws fails the build where a page that is prerendered certainly renders a component of it, and where it is a part of
// a page, a layout or a route handler that runs on the server.

/** Versions of which this is known. */
export const NEXT_VERSIONS = ">=14";

/** Words after `next build` with which it builds as it does without. https://nextjs.org/docs/app/api-reference/cli/next#next-build-options */
export const BUILD_FLAGS: ReadonlySet<string> = new Set(
  "-d --debug --no-lint --no-mangling --profile --turbo --turbopack --webpack".split(" "),
);

/** What a configuration says where the types may not be checked, or by another tsconfig.json. https://nextjs.org/docs/app/api-reference/config/next-config-js/typescript */
export const SKIPS_TYPE_CHECK = /\btypescript\b|ignoreBuildErrors|tsconfigPath/;

/** Files whose errors of types are passed over: lib/typescript/runTypeCheck.js of 14.2.35 and 15.5.29. 16.4.6 tells of them. */
export const UNCHECKED_FILES = /\/__(?:tests|mocks)__\/|(?<=[/.])(?:spec|test)\.[^/]+$/;

/** Extensions of pages, layouts and route handlers, unless the configuration says otherwise. https://nextjs.org/docs/app/api-reference/config/next-config-js/pageExtensions */
export const PAGE_EXTENSIONS: readonly string[] = [".tsx", ".ts", ".jsx", ".js"];

/** What a configuration says that may set variables, have modules found elsewhere, or have other files be pages or otherwise rendered. */
export const CHANGES_BUILD =
  /(?<!process\.)\benv["']?\s*[:,}]|\b(?:alias|cacheComponents|conformance|define|DefinePlugin|defineServer|dotenv|dynamicIO|EnvironmentPlugin|globalNotFound|loadEnvConfig|NormalModuleReplacementPlugin|pageExtensions|ppr|ProvidePlugin|resolveAlias|tsconfigPath|turbopack(?:CjsTreeShaking|CrossModuleConstants|ModuleFragments|TreeShaking))\b|process\.env\s*\[/;

/** What one says that may have modules taken out of a package one by one, without what else it loads. Each names the packages. */
export const SPLITS_PACKAGES = /\b(?:modularizeImports|optimizePackageImports)\b/;

/**
 * What a configuration says that may have relative imports mean something else, or the build pass over what it does not find. Without
 * it a build fails for a module that is not there and of which a value is used, also with `ignoreBuildErrors`: 14.2.35, 15.5.29, 16.4.6.
 */
export const CHANGES_RESOLUTION = /\b(?:externals|loaders|plugins|resolve|rules|turbopack|webpack|with[A-Z]\w*)\b/;

/** What a module says that may have a page rendered only on request, elsewhere or not to its end. */
export const MAY_BE_DYNAMIC =
  /\b(?:after|connection|cookies|draftMode|fetch|forbidden|headers|io|noStore|notFound|permanentRedirect|redirect|searchParams|unauthorized|unstable_\w+|use|useSearchParams)\s*\(|\bsearchParams\b|export\s+(?:const|let|var)\s+(?:dynamic|experimental_ppr|fetchCache|revalidate|runtime)\b|["']use cache/;

/** The settings of a page or layout with which it may not be prerendered. https://nextjs.org/docs/app/api-reference/file-conventions/route-segment-config */
export const SEGMENT_SETTINGS = /\bexport\b[^;]*\b(?:dynamic|experimental_ppr|fetchCache|revalidate|runtime)\b/;

/** What a component of a client says that may keep what is inside it from being rendered on the server. */
export const MAY_SUSPEND =
  /\b(?:dynamic|lazy|notFound|redirect|throw|use|useSearchParams|useSuspense\w*)\b\s*[(<]|\bthrow\b/;

/** Packages that know nothing of a request, so that nothing of them makes a page dynamic. */
export const REQUESTLESS_PACKAGES =
  /^(?:@radix-ui\/[\w-]+|@vercel\/(?:analytics|speed-insights)(?:\/(?:next|react))?|class-variance-authority|clsx|convex\/(?:browser|react|values)|date-fns|framer-motion|geist\/font(?:\/[\w-]+)?|lucide-react|next\/(?:dynamic|font\/(?:google|local)|image|link|script)|next-themes|radix-ui|react|react-dom|react-hot-toast|react-icons\/\w+|server-only|sonner|tailwind-merge|zod)$|\.(?:avif|css|gif|ico|jpe?g|json|less|png|s[ac]ss|svg|webp|woff2?)$/;

/** Elements of packages that render what is inside them, by module and name. */
export const PASSING_ELEMENTS: ReadonlySet<string> = new Set([
  "next-themes ThemeProvider",
  "react Fragment",
  "react StrictMode",
  "react Suspense",
]);

/**
 * Versions in which a next.config.ts finds modules by `paths` of the own tsconfig.json of the app, as no next.config.js and .mjs does. In what it
 * loads a path is put in the place of the module that counts from each file: 15.0.4, 15.3.9, 15.5.9, 16.0.11 and 16.4.6, run, and
 * dist/build/next-config-ts/ of 15.0.0 to 16.4.6.
 */
export const CONFIG_PATHS_VERSIONS = ">=15";

/** Extensions that are tried for what is loaded there; .tsx and .jsx are not. */
export const CONFIG_EXTENSIONS: readonly string[] = [".js", ".json", ".node", ".ts", ".cts", ".mts", ".cjs", ".mjs"];
