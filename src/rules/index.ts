import artifactsComplete from "./artifacts-complete.ts";
import callFitsWorkflow from "./call-fits-workflow.ts";
import checksCanFail from "./checks-can-fail.ts";
import codegenBeforeTypecheck from "./codegen-before-typecheck.ts";
import conditionsCanHold from "./conditions-can-hold.ts";
import convexCodegenNeedsDeployKey from "./convex-codegen-needs-deploy-key.ts";
import convexDeployedWithFrontend from "./convex-deployed-with-frontend.ts";
import convexGeneratedCodeConsistent from "./convex-generated-code-consistent.ts";
import deployKeyFitsCommand from "./deploy-key-fits-command.ts";
import deployKeyNotHardcoded from "./deploy-key-not-hardcoded.ts";
import expressionsValid from "./expressions-valid.ts";
import failureNotified from "./failure-notified.ts";
import githubTokenFitsSteps from "./github-token-fits-steps.ts";
import lockfileFrozenBunVersionMatch from "./lockfile-frozen-bun-version-match.ts";
import lockfileInSync from "./lockfile-in-sync.ts";
import nodeFitsTools from "./node-fits-tools.ts";
import outputsExist from "./outputs-exist.ts";
import packageManagerSetUp from "./package-manager-set-up.ts";

import packagePublishable from "./package-publishable.ts";
import requiredEnvSet from "./required-env-set.ts";
import scriptsExist from "./scripts-exist.ts";
import secretsAvailableToTrigger from "./secrets-available-to-trigger.ts";
import secretsDocumented from "./secrets-documented.ts";
import secretsValidated from "./secrets-validated.ts";
import turboEnvDeclared from "./turbo-env-declared.ts";

/** Every rule by its name, in alphabetical order. */
export const rules = {
  "artifacts-complete": artifactsComplete,
  "call-fits-workflow": callFitsWorkflow,
  "checks-can-fail": checksCanFail,
  "codegen-before-typecheck": codegenBeforeTypecheck,
  "conditions-can-hold": conditionsCanHold,
  "convex-codegen-needs-deploy-key": convexCodegenNeedsDeployKey,
  "convex-deployed-with-frontend": convexDeployedWithFrontend,
  "convex-generated-code-consistent": convexGeneratedCodeConsistent,
  "deploy-key-fits-command": deployKeyFitsCommand,
  "deploy-key-not-hardcoded": deployKeyNotHardcoded,
  "expressions-valid": expressionsValid,
  "failure-notified": failureNotified,
  "github-token-fits-steps": githubTokenFitsSteps,
  "lockfile-frozen-bun-version-match": lockfileFrozenBunVersionMatch,
  "lockfile-in-sync": lockfileInSync,
  "node-fits-tools": nodeFitsTools,
  "outputs-exist": outputsExist,
  "package-manager-set-up": packageManagerSetUp,

  "package-publishable": packagePublishable,
  "required-env-set": requiredEnvSet,
  "scripts-exist": scriptsExist,
  "secrets-available-to-trigger": secretsAvailableToTrigger,
  "secrets-documented": secretsDocumented,
  "secrets-validated": secretsValidated,
  "turbo-env-declared": turboEnvDeclared,
};
