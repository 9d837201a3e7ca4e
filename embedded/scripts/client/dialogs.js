// alert, confirm and prompt: browsers refuse them to frames of another origin, or stop everything for
// them. Here each is answered at once, as the story says, and what it said is kept.

let answer = true;
const said = [];

export function takeDialogs() {
  window.alert = (text = "") => void said.push({ dialog: "alert", text: `${text}` });
  window.confirm = (text = "") => {
    said.push({ dialog: "confirm", text: `${text}` });
    return answer !== false;
  };
  window.prompt = (text = "", preset = "") => {
    said.push({ dialog: "prompt", text: `${text}` });
    if (answer === false) return null;
    return typeof answer === "string" ? answer : `${preset}`;
  };
}

export const dialogActs = {
  dialogs: () => said,
  answers: (value) => void (answer = value),
};
