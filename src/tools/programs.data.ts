// Programs of the hosted runners' images, and those that set-up actions bring, that could be a script's name too, 2026-11.
// https://github.com/actions/runner-images/blob/main/images/ubuntu/Ubuntu2404-Readme.md

/** `bun run` looks for them last, after scripts, files and the executables of dependencies (Bun 1.2.18, 1.3.1 and 1.4.5, run). */
export const RUNNER_PROGRAMS: ReadonlySet<string> = new Set(
  "ant aws az bash brew buf bundle cargo cmake code composer convert curl deno doctl docker doppler dotnet find flyctl gcc gh git go gradle helm infisical java jq just kind kubectl make mise mvn node npm npx perl php pip pipx pnpm pod pulumi python python3 railway rsync ruby rustc sh ssh swift tar task supabase terraform time tofu tree unzip vercel watch wget which yarn yq zip".split(
    " ",
  ),
);

/** Programs that install other ones or run tasks which may, and those that run what cannot be read. */
export const INSTALLERS_OF_PROGRAMS: ReadonlySet<string> = new Set(
  "apk asdf aqua brew cargo choco conda curl devbox devenv direnv dnf docker flox fnm gem go just make mise moon n nix nix-shell nvm ohpm pip pip3 pipx pixi pkgx port proto python python3 rtx rustup scoop snap ssh task ub uv uvx vfox volta wget winget yum".split(
    " ",
  ),
);
