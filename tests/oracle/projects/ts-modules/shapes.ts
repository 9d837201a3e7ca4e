export interface Named {
  name: string;
}
export interface Sized {
  size(): number;
}
export class Box implements Named, Sized {
  name = "box";
  constructor(
    readonly width: number,
    readonly height: number,
  ) {}
  size() {
    return this.width * this.height;
  }
}
export default "none" as string;
