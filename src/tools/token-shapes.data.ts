// Shapes of credentials, with the source of each; all read 2026-11-25. Checksums of GitHub, npm and Cloudflare recomputed on published, revoked tokens.

/** A check that tells a credential from text that only looks like one. */
export type TokenProof =
  /** The last characters are the CRC-32 of those before them, in base 62 or in hexadecimal. */
  | "crc32-base62"
  | "crc32-hex"
  /** The characters are as mixed as those of a random string, and no word gives it away as a sample. */
  | "random"
  /** Base64 of a JSON object with the 128-bit value of a Convex key. */
  | "convex-json"
  /** Base64 of a JSON object that names a Sentry organization, before a random string. */
  | "sentry-json";

/** The shape of one kind of credential. */
export interface TokenShape {
  /** What it is, as messages name it. */
  readonly kind: string;
  /** Where it is revoked. */
  readonly issuer: string;
  /** A text with such a credential holds one of these: most texts hold none, and need not be searched. */
  readonly marks: readonly string[];
  /** The named group `body` is what the proof looks at, `prefix` what messages may show; the whole match is the credential. */
  readonly pattern: RegExp;
  readonly proof: TokenProof;
  /** What else the file has to hold: without it the credential may be one of a local service. */
  readonly beside?: RegExp;
}

export const TOKEN_SHAPES: readonly TokenShape[] = [
  {
    // https://docs.convex.dev/cli/deploy-key-types. The server takes a key also without its prefix.
    kind: "a Convex deploy key",
    issuer: "Convex",
    marks: ["eyJ2MiI6"],
    pattern:
      /(?<![\w|])(?:(?<prefix>custom|dev|prod|preview|project|team):[a-z0-9][a-z0-9:-]*\|)?(?<body>eyJ2MiI6[\w+/-]{44,64}={0,2})(?![\w+/=-])/g,
    proof: "convex-json",
  },
  {
    // The key of a backend of one's own. That of a local one is no secret, and every https backend is somewhere else.
    kind: "a Convex admin key",
    issuer: "the Convex backend",
    marks: ["|"],
    pattern: /(?<![\w|:-])[a-z][a-z0-9-]*\|(?<body>[0-9a-f]{60,})(?!\w)/g,
    proof: "random",
    beside: /(?:CONVEX_SELF_HOSTED_URL["']?\s*[:=]|--url[= ])\s*\\?["']?https:\/\//,
  },
  {
    // https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
    kind: "a GitHub token",
    issuer: "GitHub",
    marks: ["gho_", "ghp_", "ghs_", "ghu_"],
    pattern: /(?<!\w)(?<prefix>gh[opsu]_)(?<body>[A-Za-z0-9]{36})(?!\w)/g,
    proof: "crc32-base62",
  },
  {
    // https://github.blog/changelog/2022-10-18-introducing-fine-grained-personal-access-tokens/; no checksum is published.
    kind: "a GitHub personal access token",
    issuer: "GitHub",
    marks: ["github_pat_"],
    pattern: /(?<!\w)(?<prefix>github_pat_)(?<body>11[A-Z0-9]{20}_[A-Za-z0-9]{59})(?!\w)/g,
    proof: "random",
  },
  {
    // https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/
    kind: "an npm access token",
    issuer: "npm",
    marks: ["npm_"],
    pattern: /(?<!\w)(?<prefix>npm_)(?<body>[A-Za-z0-9]{36})(?!\w)/g,
    proof: "crc32-base62",
  },
  {
    // https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/
    kind: "a Cloudflare API token",
    issuer: "Cloudflare",
    marks: ["cfat_", "cfk_", "cfut_"],
    pattern: /(?<!\w)(?<prefix>cf(?:at|k|ut)_)(?<body>[A-Za-z0-9]{40}[0-9a-f]{8})(?!\w)/g,
    proof: "crc32-hex",
  },
  {
    // https://vercel.com/changelog/new-token-formats-and-secret-scanning; length and checksum: kingfisher 1.90, rules/vercel.yml
    kind: "a Vercel token",
    issuer: "Vercel",
    marks: ["vca_", "vci_", "vck_", "vcp_", "vcr_"],
    pattern: /(?<!\w)(?<prefix>vc[aikpr]_)(?<body>[\w-]{50}[A-Za-z0-9]{6})(?![\w-])/g,
    proof: "crc32-base62",
  },
  {
    // https://answers.netlify.com/t/change-to-the-netlify-authentication-token-format/106146
    kind: "a Netlify access token",
    issuer: "Netlify",
    marks: ["nfp_"],
    pattern: /(?<!\w)(?<prefix>nfp_)(?<body>[A-Za-z0-9]{36})(?!\w)/g,
    proof: "random",
  },
  {
    // supabase/cli, internal/utils/access_token.go
    kind: "a Supabase access token",
    issuer: "Supabase",
    marks: ["sbp_"],
    pattern: /(?<!\w)(?<prefix>sbp_(?:oauth_)?)(?<body>[a-f0-9]{40})(?!\w)/g,
    proof: "random",
  },
  {
    // https://fly.io/docs/security/tokens/; gitleaks 8.30, cmd/generate/config/rules/flyio.go
    kind: "a Fly.io token",
    issuer: "Fly.io",
    marks: ["fo1_", "fm1", "fm2"],
    pattern:
      /(?<!\w)(?<prefix>fo1_(?=[\w-]{43}(?![\w+/-]))|fm[12][ar]?_(?=[\w+/-]{100}))(?<body>[\w+/-]+={0,3})(?![\w+/=-])/g,
    proof: "random",
  },
  {
    // https://docs.sentry.io/account/auth-tokens/; getsentry/sentry, src/sentry/types/token.py
    kind: "a Sentry user token",
    issuer: "Sentry",
    marks: ["sntryu_"],
    pattern: /(?<!\w)(?<prefix>sntryu_)(?<body>[a-f0-9]{64})(?!\w)/g,
    proof: "random",
  },
  {
    // getsentry/rfcs, text/0091-ci-upload-tokens.md
    kind: "a Sentry organization token",
    issuer: "Sentry",
    marks: ["sntrys_"],
    pattern: /(?<!\w)(?<prefix>sntrys_)(?<body>eyJ[\w+/]{40,}={0,2}_[\w+/]{43})(?![\w+/=])/g,
    proof: "sentry-json",
  },
  {
    // https://docs.stripe.com/keys. Test keys move no money, and Stripe prints some of them as samples.
    kind: "a Stripe live key",
    issuer: "Stripe",
    marks: ["k_live_"],
    pattern: /(?<!\w)(?<prefix>[rs]k_live_)(?<body>[A-Za-z0-9]{24}|[A-Za-z0-9]{90,247})(?!\w)/g,
    proof: "random",
  },
  {
    // https://docs.doppler.com/reference/auth-token-formats
    kind: "a Doppler token",
    issuer: "Doppler",
    marks: ["dp."],
    pattern:
      /(?<![\w.])(?<prefix>dp\.(?:audit|ct|pt|sa|scim|st)\.)(?:[a-z0-9_-]{2,35}\.)?(?<body>[A-Za-z0-9]{40,44})(?![\w.])/g,
    proof: "random",
  },
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html: the id alone opens nothing.
    kind: "an AWS secret access key",
    issuer: "AWS",
    marks: ["AKIA"],
    pattern: /(?<=AWS_SECRET_ACCESS_KEY\\?["']?\s*[:=]\s*\\?["']?)(?<body>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    proof: "random",
    beside: /(?<!\w)AKIA[A-Z2-7]{16}(?!\w)/,
  },
];
