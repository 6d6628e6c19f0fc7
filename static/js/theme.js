// Runs before the page is drawn, so that the kept theme is there from the first frame. Dark unless a person switched.
document.documentElement.dataset.theme = localStorage.getItem("printlight:theme") ?? "dark";
