// In the editor's place, a file that is no text: what it is, a picture as one, and what can be done with it.

import { chooseFiles } from "./choose-files.js";
import { endingOf, kindOf, lengthOf } from "./contents.js";
import { refuseSize } from "./names.js";
import { notice, offerUndo } from "./notice.js";
import { make, part, sentence, sizeOf } from "./parts.js";
import { takeFile } from "./taken.js";

export function showBinary({ project, remove }) {
  const panel = part("binary");
  const picture = make("img", { "data-binary-picture": true, hidden: true });
  let shown = null;

  picture.addEventListener("load", () => {
    picture.hidden = false;
    say(`${picture.naturalWidth} × ${picture.naturalHeight} pixels`);
  });
  picture.addEventListener("error", () => {
    picture.hidden = true;
    say("it cannot be shown, so it may be broken");
  });

  const say = (more) => {
    if (shown === null) return;
    const { kind, type } = kindOf(shown);
    const words = [kind, type, sizeOf(lengthOf(project.contents(shown))), more];
    part("binary-words").textContent = sentence(words.filter(Boolean).join(", "));
  };

  const show = (name) => {
    panel.hidden = name === null;
    shown = name;
    if (name === null) return undefined;
    panel.setAttribute("aria-labelledby", `bench-file-${name}`);
    part("binary-name").textContent = name;
    part("binary-address").textContent = `/${name}`;
    const { kind, type } = kindOf(name);
    const isPicture = kind === "picture";
    picture.alt = `The picture ${name}`;
    say("");
    if (!isPicture) return picture.remove();
    picture.src = `data:${type};base64,${project.contents(name).base64}`;
    return panel.append(picture);
  };

  let told = null;

  const replace = async () => {
    const name = shown;
    const ending = endingOf(name);
    const [file] = await chooseFiles({ accept: ending && `.${ending}` });
    if (!file || !project.has(name)) return;
    const { contents, refused } = await taken(name, file);
    told?.remove();
    if (refused) return (told = notice(sentence(refused), "Choose another", replace));
    const before = project.contents(name);
    project.replaceAll({ ...project.files, [name]: contents });
    const undo = () => project.replaceAll({ ...project.files, [name]: before });
    return offerUndo(`${name} is replaced.`, undo);
  };

  const taken = async (name, file) => {
    if (endingOf(file.name) !== endingOf(name)) {
      return {
        refused: `“${file.name}” is another kind of file than ${name}: add it as a file of its own`,
      };
    }
    const found = await takeFile(name, file);
    if (found.refused) return found;
    return { ...found, refused: refuseSize({ ...project.files, [name]: found.contents }) };
  };

  part("binary-replace").addEventListener("click", replace);
  part("binary-remove").addEventListener("click", remove);
  return { show };
}
