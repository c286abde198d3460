// Says times at the place where the device is, in the words of its region; what the server wrote, which is UTC, stays as a hint.
"use strict";
{
  const page = document.documentElement.lang;
  const language = navigator.languages.find((tag) => tag.split("-")[0] === page.split("-")[0]) ?? page;
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  for (const time of document.querySelectorAll("time")) {
    time.title = time.textContent;
    time.textContent = format.format(new Date(time.dateTime));
  }
}
