// What needs which permissions of the `GITHUB_TOKEN`, read in the source of each, 2026-11. What only warns without them is left out, and what only reads:
// a public repository lets everybody read.

/** Of each list one permission has to be `write`, else it fails; the first is the one to grant. */
export type TokenNeed = readonly (readonly [string, ...string[]])[];

/** An action that does what it is for by the token of its job, and fails where that may not. */
export interface ActionNeed {
  readonly permissions: TokenNeed;
  /** Inputs that take a token. Without any, and without `GITHUB_TOKEN` in its environment, it takes that of the job. */
  readonly tokens?: readonly string[];
  /** True where it takes none by itself. */
  readonly asksForToken?: true;
  /** True where it pushes by what actions/checkout has left to git. */
  readonly pushes?: true;
  /** True where it does nothing, and succeeds, as long as nothing has changed or nobody has asked. */
  readonly waits?: true;
  /** What its inputs have to be for it to go this way. */
  readonly only?: Readonly<Record<string, RegExp>>;
  /** What none of its inputs may be. */
  readonly except?: Readonly<Record<string, RegExp>>;
  /** The first major release of which this is known. */
  readonly since?: number;
  /** True where GitHub may take what it does in a pull request from any token. */
  readonly isOpenInPullRequests?: true;
  /** Variables that stand for credentials of the machine, which it takes where it gets no other. */
  readonly machine?: readonly string[];
}

const GIVEN = /\S/;
const TRUE = /^true$/i;

const CONTENTS: TokenNeed = [["contents"]];
const IDENTITY: TokenNeed = [["id-token"]];
const ATTESTATION: ActionNeed = { permissions: [["id-token"], ["attestations"]], tokens: ["github-token"] };
/** Uploads of pull requests are taken from forks too, whose tokens can only read. */
const SCANNING: ActionNeed = { permissions: [["security-events"]], tokens: ["token"], isOpenInPullRequests: true };
/** The variables of the SDK's default chain of credentials, and those that the action reads as its inputs. */
const AWS_CREDENTIALS = [
  "AWS_ACCESS_KEY_ID",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_PROFILE",
  "AWS_ROLE_ARN",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
];
/** Comments and labels are those of issues and of pull requests. */
const COMMENTS: TokenNeed = [["pull-requests", "issues"]];
const RELEASE_PLEASE: ActionNeed = {
  permissions: [["contents"], ["pull-requests"]],
  tokens: ["token"],
  waits: true,
  except: { fork: GIVEN, "repo-url": GIVEN, "skip-github-pull-request": GIVEN },
  since: 2,
};

/** By `owner/name` or `owner/name/path` in lower case. */
export const ACTION_NEEDS: ReadonlyMap<string, ActionNeed> = new Map(
  Object.entries<ActionNeed>({
    "actions/attest": ATTESTATION,
    "actions/attest-build-provenance": ATTESTATION,
    "actions/attest-sbom": ATTESTATION,
    "actions/create-release": { permissions: CONTENTS, tokens: [], asksForToken: true },
    "actions/deploy-pages": { permissions: [["pages"], ["id-token"]], tokens: ["token"] },
    "actions/labeler": { permissions: COMMENTS, tokens: ["repo-token"], waits: true, since: 3 },
    "actions/upload-release-asset": { permissions: CONTENTS, tokens: [], asksForToken: true },
    "ad-m/github-push-action": {
      permissions: CONTENTS,
      tokens: ["github_token", "token"],
      pushes: true,
      except: { repository: GIVEN, ssh: TRUE },
    },
    // Before it looks at what has triggered it: src/github/token.ts
    "anthropics/claude-code-action": {
      permissions: IDENTITY,
      except: { anthropic_federation_rule_id: GIVEN, github_token: GIVEN },
    },
    "aws-actions/configure-aws-credentials": {
      permissions: IDENTITY,
      only: { "role-to-assume": GIVEN },
      except: { "aws-access-key-id": GIVEN, "role-chaining": GIVEN, "web-identity-token-file": GIVEN },
      machine: AWS_CREDENTIALS,
    },
    "azure/login": {
      permissions: IDENTITY,
      only: { "client-id": GIVEN },
      except: { "auth-type": GIVEN, creds: GIVEN },
    },
    "benc-uk/workflow-dispatch": { permissions: [["actions"]], tokens: ["token"], except: { repo: GIVEN } },
    "changesets/action": { permissions: CONTENTS, tokens: ["github-token"], pushes: true, waits: true },
    "cloudflare/pages-action": {
      permissions: [["deployments"]],
      tokens: ["githubtoken"],
      asksForToken: true,
    },
    "endbug/add-and-commit": {
      permissions: CONTENTS,
      pushes: true,
      waits: true,
      except: { push: /^(?!true$)/ },
      since: 7,
    },
    "github/codeql-action/analyze": {
      ...SCANNING,
      except: { "skip-queries": GIVEN, upload: /^(?!always$|true$)/ },
    },
    "github/codeql-action/upload-sarif": SCANNING,
    "google-github-actions/auth": {
      permissions: IDENTITY,
      only: { workload_identity_provider: GIVEN },
      except: { credentials_json: GIVEN },
    },
    "google-github-actions/release-please-action": RELEASE_PLEASE,
    "googleapis/release-please-action": RELEASE_PLEASE,
    "jamesives/github-pages-deploy-action": {
      permissions: CONTENTS,
      tokens: ["token"],
      waits: true,
      except: { "dry-run": GIVEN, "repository-name": GIVEN, "ssh-key": GIVEN },
      since: 4,
    },
    "marocchino/sticky-pull-request-comment": {
      permissions: COMMENTS,
      tokens: ["github_token"],
      waits: true,
      since: 2,
    },
    "mathieudutour/github-tag-action": {
      permissions: CONTENTS,
      tokens: ["github_token"],
      asksForToken: true,
      waits: true,
      except: { dry_run: GIVEN },
      since: 6,
    },
    "mshick/add-pr-comment": {
      permissions: COMMENTS,
      tokens: ["repo-token"],
      waits: true,
      except: { "comment-target": GIVEN, "proxy-url": GIVEN },
      since: 2,
    },
    "ncipollo/release-action": {
      permissions: CONTENTS,
      tokens: ["token"],
      except: { owner: GIVEN, repo: GIVEN, skipifreleaseexists: GIVEN },
    },
    "peaceiris/actions-gh-pages": {
      permissions: CONTENTS,
      tokens: ["github_token"],
      asksForToken: true,
      except: { deploy_key: GIVEN, external_repository: GIVEN, personal_token: GIVEN },
      since: 3,
    },
    "peter-evans/create-or-update-comment": {
      permissions: COMMENTS,
      tokens: ["token"],
      only: { body: GIVEN },
      except: { repository: GIVEN },
    },
    "peter-evans/create-pull-request": {
      permissions: [["contents"], ["pull-requests"]],
      tokens: ["branch-token", "token"],
      waits: true,
      except: { "push-to-fork": GIVEN },
      since: 2,
    },
    "peter-evans/repository-dispatch": { permissions: CONTENTS, tokens: ["token"], except: { repository: GIVEN } },
    "pypa/gh-action-pypi-publish": { permissions: IDENTITY, except: { password: GIVEN, user: GIVEN } },
    "softprops/action-gh-release": {
      permissions: CONTENTS,
      tokens: ["token"],
      except: { draft: /^(?!false$)/, repository: GIVEN },
    },
    "stefanzweifel/git-auto-commit-action": {
      permissions: CONTENTS,
      pushes: true,
      waits: true,
      except: { skip_push: GIVEN },
    },
    "svenstaro/upload-release-action": {
      permissions: CONTENTS,
      tokens: ["repo_token"],
      except: { repo_name: GIVEN },
      since: 2,
    },
    "tauri-apps/tauri-action": {
      permissions: CONTENTS,
      tokens: [],
      asksForToken: true,
      only: { tagname: GIVEN },
      except: { owner: GIVEN, repo: GIVEN },
    },
    "thollander/actions-comment-pull-request": {
      permissions: COMMENTS,
      tokens: ["github-token", "github_token"],
      waits: true,
    },
  }),
);

/** What commands of gh need of their token, by their first two words, and whether they succeed where there is nothing to do. */
export interface GhNeed {
  readonly permissions: TokenNeed;
  readonly waits?: true;
}

const PULL_REQUEST: TokenNeed = [["pull-requests"]];
const RUN: GhNeed = { permissions: [["actions"]] };
const RELEASE: GhNeed = { permissions: CONTENTS };
const COMMENT: GhNeed = { permissions: [["issues", "pull-requests"]] };
const PULL_REQUEST_STATE: GhNeed = { permissions: PULL_REQUEST, waits: true };

/**
 * Each is one request or mutation of GitHub's API. Merging takes `contents`; what sources say of `pull-requests` beside it differs.
 * https://github.com/cli/cli/tree/trunk/pkg/cmd, https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
 */
export const GH_NEEDS: ReadonlyMap<string, GhNeed> = new Map(
  Object.entries<GhNeed>({
    "cache delete": { ...RUN, waits: true },
    "issue close": { ...COMMENT, waits: true },
    "issue comment": COMMENT,
    "issue create": { permissions: [["issues"]] },
    "issue edit": COMMENT,
    "label create": COMMENT,
    "pr close": PULL_REQUEST_STATE,
    "pr comment": { permissions: [["pull-requests", "issues"]] },
    "pr create": { permissions: PULL_REQUEST },
    "pr edit": { permissions: [["pull-requests", "issues"]] },
    "pr merge": { permissions: CONTENTS, waits: true },
    "pr ready": PULL_REQUEST_STATE,
    "pr reopen": PULL_REQUEST_STATE,
    "pr review": { permissions: PULL_REQUEST },
    "release create": RELEASE,
    "release delete": RELEASE,
    "release edit": RELEASE,
    "release upload": RELEASE,
    "run cancel": RUN,
    "run delete": RUN,
    "run rerun": RUN,
    "workflow disable": RUN,
    "workflow enable": RUN,
    "workflow run": RUN,
  }),
);

/**
 * Commands of gh for which there is no permission that `permissions` could grant: those of an app's `secrets`, `variables` and
 * `administration`. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
export const GH_BEYOND_TOKEN: ReadonlySet<string> = new Set([
  "repo archive",
  "repo delete",
  "repo edit",
  "repo rename",
  "secret delete",
  "secret set",
  "variable delete",
  "variable set",
]);
