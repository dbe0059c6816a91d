// Programs of the hosted runners' images that could be a script's name too, 2026-11.
// https://github.com/actions/runner-images/blob/main/images/ubuntu/Ubuntu2404-Readme.md

/** `bun run` looks for them last, after scripts, files and the executables of dependencies (Bun 1.2.18, 1.3.1 and 1.4.5, run). */
export const RUNNER_PROGRAMS: ReadonlySet<string> = new Set(
  "ant aws az bash brew bundle cargo cmake code composer convert curl docker dotnet find gcc gh git go gradle helm java jq kind kubectl make mvn node npm npx perl php pip pipx pnpm pod python python3 rsync ruby rustc sh ssh swift tar terraform time tree unzip vercel watch wget which yarn yq zip".split(
    " ",
  ),
);
