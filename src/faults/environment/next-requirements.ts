import { readConstructions, type Construction } from "../../documents/constructions.ts";
import type { Source } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import { builtApp, evaluatedIn, sourcesOf } from "../../project/next/built-app.ts";
import type { Repository } from "../../project/repository.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { versionOf } from "../../project/versions.ts";
import { CLIENTS_PACKAGE, DEMANDING_CLIENTS } from "../../tools/clients.data.ts";
import { liesWithin } from "../../tools/version-range.ts";
import type { LoadedRequirement } from "./loaded-requirements.ts";

const CONSTRUCTS = new RegExp(String.raw`\bnew\s+(?:${DEMANDING_CLIENTS.map(({ name }) => name).join("|")})\s*\(`);
const constructionsOf = onceForEach(readConstructions);

/** What the modules require that `next build` evaluates, to serve or to prerender pages. */
export function nextRequirements({ packages }: Repository, reach: Reach): readonly LoadedRequirement[] {
  const app = builtApp(packages, reach);
  return app === undefined ? [] : packages.deriveFor(app, requirementsOf);
}

function requirementsOf(repository: Repository, app: string): readonly LoadedRequirement[] {
  const isKnown = liesWithin(versionOf(repository, CLIENTS_PACKAGE.name, app), CLIENTS_PACKAGE.versions);
  if (!isKnown || !sourcesOf(repository, app).some(({ text }) => CONSTRUCTS.test(text))) return [];
  const { modules, written } = evaluatedIn(repository, app);
  const named = new Set<string>();
  return modules.flatMap(({ source, entry }) => {
    const clients = demandingClients(source).filter(({ variable }) => !written.has(variable));
    if (clients.length === 0) return [];
    return [
      {
        key: source.path,
        loadedBy: source.path === entry ? undefined : entry,
        // One of several modules that lack the same variable tells it.
        variables: clients
          .filter(({ variable }) => isNew(named, variable))
          .map(({ variable, offset }) => ({
            name: variable,
            offset,
            source,
            unlessSet: [],
            skippedBy: undefined,
          })),
      },
    ];
  });
}

/** The clients that a module makes, whenever it is loaded, of a variable that has to be there. */
function demandingClients(source: Source): readonly Construction[] {
  return constructionsOf(source).filter(({ module, name, options }) =>
    DEMANDING_CLIENTS.some(
      (client) =>
        client.module === module &&
        client.name === name &&
        options?.some((option) => client.unless.includes(option)) === false,
    ),
  );
}

function isNew(names: Set<string>, name: string): boolean {
  const isKnown = names.has(name);
  names.add(name);
  return !isKnown;
}
