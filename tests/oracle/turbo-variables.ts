import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";

/** The variables that are set wherever turbo runs. */
export const VARIABLES: readonly string[] = [
  ..."API_KEY API_URL APIxKEY api_key A FOO FOO_BAR DB_KEY NODE_ENV NPM_TOKEN GH_TOKEN ACTIONS_ID_TOKEN_REQUEST_URL".split(
    " ",
  ),
  ..."CI GITHUB_TOKEN GITHUBX RUNNER_OS HOME TZ LANG USER VERCEL VERCEL_URL VERCELX NEXT_RUNTIME COREPACK_HOME COREPACK_X".split(
    " ",
  ),
  ..."TURBO_X LOCALAPPDATA NO_COLOR DISPLAY VSCODE_PID DOCKER_HOST PNPM_HOME WINDIR USERPROFILE XDG_DATA_HOME NIX_PATH".split(
    " ",
  ),
  ..."VERCEL_TARGET_ENV VERCEL_ANALYTICS_ID NEXT_PUBLIC_A VITE_A PUBLIC_A NUXT_A NUXT_ENV_A NITRO_A SERVER_A CF_PAGES".split(
    " ",
  ),
  ..."REMIX_A EXPO_PUBLIC_A GATSBY_A REACT_APP_A VUE_APP_A SANITY_STUDIO_A REDWOOD_ENV_A LAUNCH_EDITOR NEXT_DEPLOYMENT_ID".split(
    " ",
  ),
];

/** What a variable holds: a path, as some of them must. */
export function valueOf(name: string): string {
  return join(tmpdir(), name);
}

const PATTERNS = [
  ..."API_KEY API_KEY API_URL FOO DB_KEY API_* API* *_KEY * A*Y A FOO* F*O* CI GITHUB_TOKEN GITHUB_* NODE_ENV".split(
    " ",
  ),
  ..."!API_KEY !API_KEY !FOO !API_* !* !*_KEY !CI !GITHUB_* !NEXT_PUBLIC_* !VITE_* !PUBLIC_A !HOME !VERCEL_*".split(
    " ",
  ),
  ..."NEXT_PUBLIC_* VITE_A VERCEL_TARGET_ENV !VERCEL_ANALYTICS_ID api_key Api_Key API.KEY API?KEY (API_KEY) [A] A|FOO".split(
    " ",
  ),
  String.raw`\*`,
  String.raw`\!FOO`,
  String.raw`API\*`,
  "!!FOO",
  " FOO",
  "",
  "!",
];

/** A list of variable patterns. */
export const patterns: fc.Arbitrary<readonly string[]> = fc.array(fc.constantFrom(...PATTERNS), { maxLength: 3 });

/** A mode that a configuration sets, or none. */
export const modes: fc.Arbitrary<string | undefined> = fc.constantFrom(...Array<undefined>(6), "strict", "loose");
