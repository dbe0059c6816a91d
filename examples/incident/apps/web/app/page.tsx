import { ConvexHttpClient } from "convex/browser";
import { api } from "convex-backend/_generated/api";

export default async function Page() {
  const client = new ConvexHttpClient(process.env.NEXT_PUBLIC_CONVEX_URL ?? "");
  const prompts = await client.query(api.prompts.list);
  return <p>{prompts.length} prompts</p>;
}
