import type { ParsedProgram } from "./documents/read-data.ts";
import { absentArtifacts } from "./faults/artifacts/absent-artifacts.ts";
import { hiddenUploads } from "./faults/artifacts/hidden-uploads.ts";
import { repeatedUploads } from "./faults/artifacts/repeated-uploads.ts";
import { declarationFaults, versionFaults } from "./faults/bun/bun-version-faults.ts";
import { installFaults } from "./faults/bun/install-faults.ts";
import { rejectedInputs } from "./faults/calls/call-inputs.ts";
import { exceededCalls } from "./faults/calls/call-permissions.ts";
import { rejectedCalls } from "./faults/calls/call-secrets.ts";
import { absentReads } from "./faults/expressions/absent-reads.ts";
import { constantConditions } from "./faults/conditions/constant-conditions.ts";
import { impossibleConditions } from "./faults/conditions/impossible-conditions.ts";
import { commandFaults } from "./faults/convex/command-faults.ts";
import { undeployedBackends } from "./faults/convex/undeployed-backends.ts";
import { hardcodedKeys } from "./faults/credentials/hardcoded-keys.ts";
import { missingCredentials } from "./faults/credentials/needs.ts";
import { rejectedExpressions } from "./faults/expressions/rejected-expressions.ts";
import { unnotifiedFailures } from "./faults/deployment/unnotified-failures.ts";
import { lockfileFaults } from "./faults/lockfile/lockfile-faults.ts";
import { missingLockfiles } from "./faults/lockfile/missing-lockfiles.ts";
import { secondLockfiles } from "./faults/lockfile/second-lockfiles.ts";
import { unlockedImports } from "./faults/lockfile/unlocked-imports.ts";
import { ignoredCommits, uncheckedCodegen } from "./faults/generated-code/convex-strategy.ts";
import { missingDependencies, ungeneratedCode } from "./faults/generated-code/missing-code.ts";
import { maskedStatuses } from "./faults/statuses/masked-statuses.ts";
import { unsetVariables } from "./faults/environment/unset-variables.ts";
import { droppedVariables } from "./faults/turbo/dropped-variables.ts";
import { misplacedWorkflows } from "./faults/workflows/misplaced-workflows.ts";
import { missingDispatches } from "./faults/workflows/missing-dispatches.ts";
import { missingNeeds } from "./faults/workflows/missing-needs.ts";
import { missingPaths } from "./faults/paths/missing-paths.ts";
import { missingScripts } from "./faults/scripts/missing-scripts.ts";
import { missingTriggers } from "./faults/workflows/missing-triggers.ts";
import { missingWorkflows } from "./faults/workflows/missing-workflows.ts";
import { retiredRunners } from "./faults/workflows/retired-runners.ts";
import { switchedOffActions } from "./faults/workflows/switched-off-actions.ts";
import { unmatchedFilters } from "./faults/workflows/unmatched-filters.ts";
import { tokenFaults } from "./faults/github-token/token-faults.ts";
import { unfitNodes } from "./faults/node/unfit-nodes.ts";
import { publishingFaults } from "./faults/publishing/publishing-faults.ts";
import { missingManagers } from "./faults/setup/missing-managers.ts";
import { pnpmVersionFaults } from "./faults/setup/pnpm-versions.ts";
import { reservedNames } from "./faults/secrets/reserved-names.ts";
import { secretDocumentation } from "./faults/secrets/documented-secrets.ts";
import { emptySecrets } from "./faults/secrets/empty-secrets.ts";
import { forkSecrets } from "./faults/secrets/fork-secrets.ts";
import { unavailableSecrets } from "./faults/secrets/unavailable-secrets.ts";
import { uncheckedSecrets } from "./faults/secrets/unchecked-secrets.ts";
import type { Repository } from "./project/repository.ts";
import { openFile, type OpenFile } from "./project/snapshot.ts";

export type { AbsentArtifact } from "./faults/artifacts/absent-artifacts.ts";
export type { HiddenUpload } from "./faults/artifacts/hidden-uploads.ts";
export type { UnreadableLockfile, VersionFault } from "./faults/bun/bun-version-faults.ts";
export type { InstallFault } from "./faults/bun/install-faults.ts";
export type { EnvLevel, MissingCredential } from "./faults/credentials/needs.ts";
export type { AbsentRead } from "./faults/expressions/absent-reads.ts";
export type { ImpossibleValue } from "./faults/conditions/impossible-conditions.ts";
export type { SkippedNeeds } from "./faults/conditions/skipped-needs.ts";
export type { SecretToPass } from "./faults/credentials/secret-to-pass.ts";
export type { RejectedExpression } from "./faults/expressions/rejected-expressions.ts";
export type { Written } from "./faults/github-token/token-faults.ts";
export type { LockfileFault } from "./faults/lockfile/difference.ts";
export type { MissingManager } from "./faults/setup/missing-managers.ts";
export type { PnpmVersionFault } from "./faults/setup/pnpm-versions.ts";
export type { MissingScript } from "./faults/scripts/missing-scripts.ts";

/** What can be found in a file, by the name under which rules hear of it. Each gives what has to be changed in that file. */
const FINDERS = {
  absentArtifact: absentArtifacts,
  absentRead: absentReads,
  commandFault: commandFaults,
  constantCondition: constantConditions,
  declarationFault: declarationFaults,
  droppedVariable: droppedVariables,
  emptySecret: emptySecrets,
  exceededCall: exceededCalls,
  forkSecret: forkSecrets,
  hardcodedKey: hardcodedKeys,
  hiddenUpload: hiddenUploads,
  ignoredCommit: ignoredCommits,
  impossibleCondition: impossibleConditions,
  installFault: installFaults,

  lockfileFault: lockfileFaults,
  maskedStatus: maskedStatuses,
  misplacedWorkflow: misplacedWorkflows,
  missingCredential: missingCredentials,
  missingDependency: missingDependencies,
  missingDispatch: missingDispatches,
  missingLockfile: missingLockfiles,
  missingManager: missingManagers,
  missingNeed: missingNeeds,
  missingPath: missingPaths,
  missingScript: missingScripts,
  missingTrigger: missingTriggers,
  missingWorkflow: missingWorkflows,
  pnpmVersionFault: pnpmVersionFaults,
  publishingFault: publishingFaults,
  rejectedCall: rejectedCalls,
  rejectedExpression: rejectedExpressions,
  rejectedInput: rejectedInputs,
  repeatedUpload: repeatedUploads,
  reservedName: reservedNames,
  retiredRunner: retiredRunners,
  secondLockfile: secondLockfiles,
  secretDocumentation,
  switchedOffAction: switchedOffActions,
  tokenFault: tokenFaults,
  unavailableSecrets,
  uncheckedCodegen,
  uncheckedSecrets,
  undeployedBackend: undeployedBackends,
  unfitNode: unfitNodes,
  ungeneratedCode,
  unlockedImport: unlockedImports,
  unmatchedFilter: unmatchedFilters,
  unnotifiedFailure: unnotifiedFailures,
  unsetVariables,
  versionFault: versionFaults,
} satisfies Record<string, (repository: Repository, path: string) => readonly unknown[]>;

/** What a rule can hear of, and what it then gets. */
export type Faults = { readonly [K in keyof typeof FINDERS]: ReturnType<(typeof FINDERS)[K]>[number] };

/** The file that is linted, in its repository. */
export class LintedFile {
  readonly #file: OpenFile | undefined;

  constructor(file: OpenFile | undefined) {
    this.#file = file;
  }

  /** All that is found of one kind. */
  find<K extends keyof Faults>(kind: K): readonly Faults[K][] {
    return this.#file ? (FINDERS[kind](this.#file.repository, this.#file.path) as readonly Faults[K][]) : [];
  }
}

/** Opens a file as ESLint has it: `tree` is its syntax tree, which is used where it is YAML's or JSON's. */
export function openLintedFile(absolutePath: string, text: string, tree: object): LintedFile {
  const program = isKnownTree(tree) ? tree : undefined;
  return new LintedFile(openFile(absolutePath, text, program));
}

function isKnownTree(tree: object): tree is ParsedProgram {
  const [first] =
    "body" in tree && Array.isArray(tree.body) ? (tree.body as readonly { readonly type?: unknown }[]) : [];
  return first?.type === "YAMLDocument" || first?.type === "JSONExpressionStatement";
}
