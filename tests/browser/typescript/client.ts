// A front end's client: cards with pictures in one request, and a page's blocks, none forgotten.
import createClient from "openapi-fetch";
import type { components, paths } from "./haltung.js";

type Block = components["schemas"]["AnyBlock"];
type Image = components["schemas"]["Image"];

function assertNever(value: never): never {
  throw new Error(`Unknown: ${JSON.stringify(value)}`);
}

function picture(image: Image | null): string {
  if (image === null) return "";
  const webp = image.sources.filter((source) => source.media_type === "image/webp");
  return webp.map((source) => `${source.url} ${source.width}w`).join(", ");
}

export function render(block: Block): string {
  switch (block.type) {
    case "heading": return `${block.level}: ${block.text}`;
    case "text": return block.text.html;
    case "quote": return `${block.text} (${block.name})`;
    case "result": return block.text.html + block.shows.html;
    case "theses": return block.items.map((item) => item.thesis).join("; ");
    case "call_to_action": return `${block.label} → ${block.href}`;
    case "picture": return picture(block.image);
    case "gallery": return block.pictures.map((one) => picture(one.image)).join("\n");
    case "video": return `${block.title}: ${block.video?.url ?? ""} (${block.video?.captions?.url ?? ""})`;
    case "download": return `${block.title} (${block.file_type})`;
    case "postcards": return block.cards.map((card) => card.headline).join("\n");
    case "courage_card": return block.card?.sentence ?? "";
    case "step": return block.title;
    case "steps": return block.items.map((item) => item.title).join("\n");
    case "facts": return block.items.map((item) => `${item.figure} ${item.label}`).join("\n");
    case "table": return block.rows.map((row) => row.join(" | ")).join("\n");
    case "accordion": return block.items.map((item) => item.title).join("\n");
    case "timeline": return block.items.map((item) => `${item.date}: ${item.title}`).join("\n");
    case "links": return block.items.map((item) => item.href).join("\n");
    case "contact": return block.email;
    case "logos": return block.items.map((item) => item.name).join("\n");
    case "teasers": return block.items.map((item) => item.title).join("\n");
    case "postcard_wall": return block.items.map((item) => item.title).join("\n");
    case "courage_today": return block.card?.sentence ?? "";
    case "rota_now": return block.rota.current.map((one) => one.short_name).join(", ");
    default: return assertNever(block);
  }
}

const api = createClient<paths>({ baseUrl: process.argv[2] ?? "" });
const cards = await api.GET("/api/v1/pages", {
  params: { query: { type: ["postcard"], locale: "de", order: "path", limit: 100 } },
});
for (const card of cards.data?.items ?? []) {
  if (card.type === "postcard") console.log(card.article.number, card.headline, picture(card.picture));
}
const posts = await api.GET("/api/v1/pages", { params: { query: { type: ["guest_post"] } } });
const id = posts.data?.items[0]?.id ?? 0;
const post = await api.GET("/api/v1/pages/{page_id}", { params: { path: { page_id: id } } });
if (post.data?.type === "guest_post") console.log(post.data.body.map(render).join("\n"));
const lost = await api.GET("/api/v1/pages/{page_id}", { params: { path: { page_id: 0 } } });
console.log(lost.error?.status);
