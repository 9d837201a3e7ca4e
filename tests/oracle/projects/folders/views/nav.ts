import { type Link } from "./types";

const links: Link[] = [{ href: "/docs/", text: "Docs" }];

export default links.map(({ href, text }) => `<a href="${href}">${text}</a>`).join("");
