import convexCodegenNeedsDeployKey from "./convex-codegen-needs-deploy-key.ts";
import lockfileFrozenBunVersionMatch from "./lockfile-frozen-bun-version-match.ts";
import turboEnvDeclared from "./turbo-env-declared.ts";

/** Every rule by its name, in alphabetical order. */
export const rules = {
  "convex-codegen-needs-deploy-key": convexCodegenNeedsDeployKey,
  "lockfile-frozen-bun-version-match": lockfileFrozenBunVersionMatch,
  "turbo-env-declared": turboEnvDeclared,
};
