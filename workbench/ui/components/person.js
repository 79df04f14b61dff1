// Who sits at this browser. The name is kept as a cookie, since the server has that before it draws anything.

const A_YEAR = 365 * 24 * 3600;
const AGAIN = 3000; // milliseconds: Streamlit drops some of what it is told while it draws, so that is told again

let told = null; // a name, and when it was given, until the server says that it has it
let again;

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".person");
  const [button, form] = [root.querySelector("button"), root.querySelector("form")];
  const field = form.querySelector("input");
  root.querySelector(".name").textContent = data.name;
  button.setAttribute("aria-label", `You are ${data.name}: change your name`);
  field.placeholder = data.usual;
  if (data.heard === told?.at) told = null;
  if (data.chosen && !told) keep(data.name);
  // Before it is open, so that nothing is lost that is typed at once; the field takes the focus as it opens.
  form.onbeforetoggle = (event) => {
    if (event.newState === "open") field.value = data.chosen ? data.name : "";
  };
  form.onkeydown = (event) => event.stopPropagation(); // a name is no command
  form.onsubmit = (event) => {
    event.preventDefault();
    form.hidePopover();
    told = { name: field.value.trim(), at: Date.now() };
    keep(told.name);
    tell();
  };
  const tell = () => {
    if (!told) return;
    setTriggerValue("named", told);
    clearTimeout(again);
    again = setTimeout(tell, AGAIN);
  };
}

function keep(name) {
  document.cookie = `workbench-name=${encodeURIComponent(name)}; path=/; samesite=strict; max-age=${name ? A_YEAR : 0}`;
}
