import { Box } from "./shapes";

export type Everything = Box | null;
declare global {
  interface Window {
    everything: Everything;
  }
}
