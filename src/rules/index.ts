import convexCodegenNeedsDeployKey from "./convex-codegen-needs-deploy-key.ts";

/** Every rule by its name, in alphabetical order. */
export const rules = {
  "convex-codegen-needs-deploy-key": convexCodegenNeedsDeployKey,
};
