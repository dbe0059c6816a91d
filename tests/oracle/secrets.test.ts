import { beforeAll, describe, expect, it } from "vitest";
import { unavailableSecrets } from "../../src/faults/secrets/unavailable-secrets.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository } from "../support/temporary.ts";
import { CALLED, CALLEE, EVERY_ACTION_KEY, EVERY_KEY, plain, textsWith, WORKFLOW } from "./every-key.ts";
import { loadGithubParser, type GithubParser } from "./github-parser.ts";

let github: GithubParser;
beforeAll(async () => {
  github = await loadGithubParser();
});

const isAboutSecrets = (message: string): boolean => message.includes("'secrets'");

describe("GitHub's own parser", () => {
  it("accepts what the cases are made of", async () => {
    await expect(github.workflow(plain(EVERY_KEY), { [CALLED]: CALLEE })).resolves.toEqual([]);
    expect(github.action(plain(EVERY_ACTION_KEY))).toEqual([]);
  });

  it.each(textsWith(EVERY_KEY, "secrets.X"))("agrees on `secrets` in a workflow: %s", async (_, text) => {
    const messages = await github.workflow(text, { [CALLED]: CALLEE });
    const repository = new Repository(writeRepository({ [WORKFLOW]: text, [CALLED]: CALLEE }));
    expect(unavailableSecrets(repository, WORKFLOW)).toHaveLength(messages.filter(isAboutSecrets).length);
  });

  it.each(textsWith(EVERY_ACTION_KEY, "secrets.X"))("agrees on `secrets` in an action: %s", (_, text) => {
    const repository = new Repository(writeRepository({ "a/action.yml": text }));
    expect(unavailableSecrets(repository, "a/action.yml")).toHaveLength(
      github.action(text).filter(isAboutSecrets).length,
    );
  });
});
