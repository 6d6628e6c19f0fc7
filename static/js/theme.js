// Runs before the page is drawn, so that the kept theme is there from the first frame. Dark unless a person switched.
document.documentElement.dataset.theme = localStorage.getItem("printlight:theme") ?? "dark";
document.documentElement.dataset.fields = localStorage.getItem("printlight:fields") ?? "full"; // how many controls of a shot are shown
document.documentElement.dataset.promptIs = localStorage.getItem("printlight:prompt") ?? ""; // open or closed; until somebody chose, as the window has room
