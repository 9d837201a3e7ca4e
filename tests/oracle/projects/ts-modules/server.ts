// Modules of TypeScript that import each other with and without endings, types among what they name.
import settings from "./settings.json";
import { type Colour, Paint, paint } from "./paint";
import { Box, Sized, type Named } from "./shapes.js";
import type * as Types from "./types";
import { helper } from "./plain";
import defaultShape, * as shapes from "./shapes.ts";
export type { Named } from "./shapes";
export type Everything = Types.Everything;

const box: Named & Sized = new Box(2, 3);
const colour: Colour = "green";
let unused: Types.Everything | undefined;

export default {
  async fetch(req: Request): Promise<Response> {
    switch (new URL(req.url).pathname) {
      case "/":
        return Response.json([box.name, box.size(), paint(colour), Paint.Dark, settings.title]);
      case "/plain":
        return new Response(helper(unused));
      case "/default":
        return Response.json([defaultShape, Object.keys(shapes).sort()]);
      case "/lazy": {
        const { late }: typeof import("./late") = await import("./late");
        return new Response(late<string>("now"));
      }
      case "/meta":
        return Response.json([import.meta.file, import.meta.main]);
      default:
        return new Response("", { status: 404 });
    }
  },
};
