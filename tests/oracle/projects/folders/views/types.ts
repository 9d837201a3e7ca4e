export interface Link {
  href: string;
  text: string;
}
