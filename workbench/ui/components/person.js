// Who sits at this browser. The name is kept as a cookie, since the server has that before it draws anything.

const A_YEAR = 365 * 24 * 3600;

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".person");
  const [button, form] = [root.querySelector("button"), root.querySelector("form")];
  const field = form.querySelector("input");
  root.querySelector(".name").textContent = data.name;
  button.setAttribute("aria-label", `You are ${data.name}: change your name`);
  field.placeholder = data.usual;
  if (data.chosen) keep(data.name);
  // Before it is open, so that nothing is lost that is typed at once; the field takes the focus as it opens.
  form.onbeforetoggle = (event) => {
    if (event.newState === "open") field.value = data.chosen ? data.name : "";
  };
  form.onkeydown = (event) => event.stopPropagation(); // a name is no command
  form.onsubmit = (event) => {
    event.preventDefault();
    form.hidePopover();
    keep(field.value.trim());
    setTriggerValue("named", field.value.trim());
  };
}

function keep(name) {
  document.cookie = `workbench-name=${encodeURIComponent(name)}; path=/; samesite=strict; max-age=${name ? A_YEAR : 0}`;
}
