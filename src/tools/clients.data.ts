// Clients that throw at once where they are given no value, 2026-11. Seen with convex 1.2.1, 1.4.1, 1.8.0, 1.12.2, 1.17.0 and 1.49.0
// (src/react/client.ts, src/browser/http_client.ts, src/browser/simple_client.ts), the last also run.

/** A class of a package whose constructor throws where its first argument is `undefined`. An empty text passes some, so that it counts as a value. */
export interface DemandingClient {
  readonly name: string;
  /** The module that exports it. */
  readonly module: string;
  /** Options with which it may take any value. */
  readonly unless: readonly string[];
  /** True where a component of the server can have nothing of the module but references. */
  readonly isForBrowser: boolean;
}

const UNCHECKED = ["skipConvexDeploymentUrlCheck"];

export const DEMANDING_CLIENTS: readonly DemandingClient[] = [
  { name: "ConvexReactClient", module: "convex/react", unless: UNCHECKED, isForBrowser: true },
  { name: "ConvexHttpClient", module: "convex/browser", unless: UNCHECKED, isForBrowser: false },
  { name: "ConvexClient", module: "convex/browser", unless: UNCHECKED, isForBrowser: false },
];

/** The package that has them, and its versions of which it is known. */
export const CLIENTS_PACKAGE = { name: "convex", versions: ">=1.2.1" };
