import { posix } from "node:path";
import { PAGE_EXTENSIONS } from "../../tools/next.data.ts";
import { foldersUp, type Repository } from "../repository.ts";

/** A page that is built without parameters, with the layouts around it. */
export interface Route {
  /** The layouts from the outermost on, and the page where it is a file. */
  readonly chain: readonly string[];
  /** Files that are rendered beside them. */
  readonly beside: readonly string[];
}

/** The files of an app of Next.js by which the server is entered. */
export interface Routes {
  /** Pages of the app router that take no parameters. */
  readonly rendered: readonly Route[];
  /** Pages, layouts and route handlers of the app router. */
  readonly served: readonly string[];
  /** What the pages router loads. */
  readonly pages: readonly string[];
}

const NAMES = ["page", "layout", "route", "loading", "error", "template", "default", "not-found", "global-not-found"];

/** Reads where the pages of an app are. https://nextjs.org/docs/app/getting-started/project-structure */
export function routesOf(repository: Repository, app: string): Routes {
  const appFolder = routerFolder(repository, app, "app");
  const pagesFolder = routerFolder(repository, app, "pages");
  const extensions = `{${PAGE_EXTENSIONS.join(",")}}`;
  const found = (folder: string | undefined, pattern: string): readonly string[] =>
    folder === undefined
      ? []
      : repository.files.glob(folder, [`**/${pattern}${extensions}`]).map((path) => posix.join(folder, path));
  const files = found(appFolder, `{${NAMES.join(",")}}`).filter(
    (path) => !path.slice(appFolder?.length).includes("/_"),
  );
  const isPage = (path: string): boolean => /\/page\.\w+$/.test(path);
  // A layout of no page is not built. How the pages of slots are loaded is not known.
  const served = files
    .filter((path) => !/\/(?:@|\(\.)/.test(path))
    .filter((path, _index, own) => {
      const isAround = (other: string): boolean => isPage(other) && other.startsWith(`${posix.dirname(path)}/`);
      return /\/(?:page|route)\.\w+$/.test(path) || (/\/layout\.\w+$/.test(path) && own.some(isAround));
    });
  return {
    rendered: appFolder === undefined ? [] : renderedRoutes(appFolder, files),
    served,
    // What is in `api` is loaded only on request.
    pages: found(pagesFolder, "*").filter((path) => !/\.d\.ts$|\/_document\.\w+$|(?:^|\/)pages\/api\//.test(path)),
  };
}

/** `app`, or `src/app` where there is neither `app` nor `pages`. */
function routerFolder({ files }: Repository, app: string, name: string): string | undefined {
  const isIn = (folder: string, router: string): boolean =>
    files.glob(posix.join(app, folder, router), ["**"]).length > 0;
  if (isIn("", "app") || isIn("", "pages")) return isIn("", name) ? posix.join(app, name) : undefined;
  return isIn("src", name) ? posix.join(app, "src", name) : undefined;
}

function renderedRoutes(appFolder: string, files: readonly string[]): readonly Route[] {
  const at = (folder: string, name: string): string | undefined =>
    files.find((path) => posix.dirname(path) === folder && posix.basename(path).startsWith(`${name}.`));
  const routeTo = (folder: string, page: string | undefined): Route | undefined => {
    const folders = [...foldersUp(folder)].filter((it) => it === appFolder || it.startsWith(`${appFolder}/`)).reverse();
    const named = (name: string): readonly string[] => folders.flatMap((it) => at(it, name) ?? []);
    const hasSlots = folders.some((it) => files.some((path) => path.startsWith(`${it}/@`)));
    if (hasSlots || named("template").length > 0 || named("layout").length === 0) return undefined;
    const chain = [...named("layout"), ...(page === undefined ? [] : [page])];
    return { chain, beside: [...named("loading"), ...named("error")] };
  };
  const routes = files
    .filter((path) => posix.basename(path).startsWith("page."))
    .map((path) => ({ folder: posix.dirname(path), path }))
    .filter(({ folder }) => !/\/(?:@|\[|\(\.)/.test(folder.slice(appFolder.length)))
    .map(({ folder, path }) => routeTo(folder, path));
  const isUsual = at(appFolder, "layout") !== undefined && at(appFolder, "global-not-found") === undefined;
  // Without parameters, and without a file of its own: the page for what is not found.
  const notFound = isUsual ? routeTo(appFolder, at(appFolder, "not-found")) : undefined;
  return [notFound, ...routes].filter((route) => route !== undefined);
}
