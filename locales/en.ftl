# English. Keys under hr- belong to HR's pages, all others to what employees see (and to both).

language-switch = Choose language
back = Back
next = Next
step = Step { $step } of { $steps }
yes = Yes
no = No
other = Other
open = No answer
other-words = In your own words:
required = Must be answered
choices-any = You can tick more than one.
choices-max = You can tick up to { $max }.
rank-place = Number { $n }
rank-choose = Choose …
text-caution = Do not write anything that shows who you or others are: no names, places, dates or health details. A threat or a danger must be reported another way: nobody acts on what is written here.
opened = Because of your answer, there is a little more to ask on this page.
late = The closing time has passed. You can send your answers in until { $at }.

start-go = Start
start-go-on = Go on where you were
start-resumed = You have already answered some questions. Your answers are kept, and you can go on where you left off.
start-minutes = { $n ->
    [one] It takes about one minute.
   *[other] It takes about { $n } minutes.
}
start-closes = Please answer by { $at }.
start-voluntary = Answering is voluntary. You can skip every question that is not marked “Must be answered”.

privacy-title = How we look after your answers
privacy-link = The link is yours alone. It lets every employee answer once, and spares those who have answered a reminder.
privacy-unlinked = When you send your answers, they are stored without name, phone number or time, and without any connection to the link.
privacy-not-stored = We do not store your IP address or which phone you use, and the form uses no cookies.
privacy-group = Results for groups with fewer than { $k } answers are never shown.
privacy-until-sent = Until you send, your draft is kept encrypted, and only your link can open it. It is deleted when you send, when the survey closes, and after 14 days at the latest.
privacy-limits = What you write in your own words can still give you away. Please write nothing that points to yourself or others.

title-invalid = Please mend:
faults-title = Something needs mending before you can go on
fault-missing = This question must be answered
fault-too_many = Choose { $max } at most
fault-excluding = This choice cannot be combined with others
fault-not_a_number = Write a whole number in digits
fault-too_small = The number cannot be less than { $min }
fault-too_large = The number cannot be more than { $max }
fault-too_long = The text cannot be longer than { $max } characters
fault-twice = You have chosen the same one twice
fault-gap = Choose in order, without leaving a place empty
fault-unknown = Choose one of the options

send-title = Ready to send?
send-nothing-yet = Nothing has been sent yet. Press “Send” when you are done.
send-final = You can go back and change your answers now. Once they are sent, neither you nor we can find them again, because nobody knows which answers are yours.
send = Send

stop-link = I want no more messages
stop-title = No more messages?
stop-means = You will get no more text messages about this survey. You can still answer with your link while the survey is open.
stop = Stop the messages
stop-back = Go back
stop-done = You will get no more messages
stop-still = Your link still works, should you want to answer after all.
stop-answer = To the survey

thanks-title = Thank you, your answers are in
thanks-unlinked = They are stored without any connection to you.
thanks-close = You can close this page.

contact-question = Questions about the survey?
contact-web = Website

problem-ask = If you wonder about something, ask your manager or HR.
problem-unknown_link-title = We do not recognise this link
problem-unknown_link-text = Perhaps part of it is missing. Open the text message and tap the link there, or copy it to the very last character.
problem-closed-title = The survey is closed
problem-closed-text = It is no longer possible to answer. Thank you for wanting to take part.
problem-closed-at = The last moment to answer was { $at }.
problem-not_open-title = The survey has not opened yet
problem-not_open-text = Keep the text message and use the same link later.
problem-not_open-at = You can answer from { $at }.
problem-answered-title = This link has already been used
problem-answered-text = The answers have been sent, and each link can be used once. Thank you for taking part.
problem-bad_form-title = We did not receive the whole form
problem-bad_form-text = Something went wrong on the way. Go back, reload the page and try again. What you answered before is still there.
problem-too_large-title = That was too much at once
problem-too_large-text = What you sent is larger than the form accepts. Go back, shorten the text and try again.
problem-too_many-title = Please wait a moment
problem-too_many-text = There were very many requests in a short time. Wait a minute and try again. Your answers are not lost.
problem-broken-title = Something went wrong on our side
problem-broken-text = The fault is ours, and we have been told about it. Please try again in a while. Answers you have already saved are not lost.
problem-down-title = The service is down for a moment
problem-down-text = Try again in a few minutes with the same link. Answers you have already saved are not lost.

moment = { $day } { $month } { $year } at { $hour }:{ $minute }
clock = { $hour }:{ $minute }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

hr-duration-seconds = { $n } s
hr-duration-minutes = { $n } min
hr-duration-hours = { $n } h

hr-skip = Skip to the content
hr-menu = Menu
hr-campaigns = Surveys
hr-people = Employees
hr-phones = Phones
hr-logout = Sign out
hr-cancel = Cancel
hr-search = Search

hr-login-title = Sign in
hr-login-fault = Error:
hr-login-name = User name
hr-login-password = Password
hr-login-go = Sign in
hr-login-wrong = The user name or the password is not right. Please try again.
hr-login-too_many = There have been too many attempts. Wait a few minutes and try again.
hr-login-expired = The page had been open for too long. Please sign in again.
hr-login-employees = Here to answer a survey? Use the link in the text message; you need not sign in.

hr-state-draft = Draft
hr-state-sending = Sending
hr-state-open = Open
hr-state-closed = Closed
hr-state-published = Published
hr-opens = Opens { $at }
hr-opened = Opened { $at }
hr-closes = Closes { $at }
hr-answered-of = { $answered } of { $invited } have answered
hr-home-draft = Not sent yet.
hr-home-empty-title = No surveys yet
hr-home-empty-text = Write the survey in the browser or upload its file.

hr-launch-prepare = Prepare the launch
hr-results-see = See the results
hr-phones-see = See the phones
hr-live = The figures update by themselves.
hr-live-pause = Stop updating
hr-live-paused = Updating is stopped.
hr-live-go-on = Start it again
hr-draft-title = The survey has not been sent
hr-draft-text = The next step is to see who gets it, what the text message says and what it costs. Nothing is sent before you confirm.
hr-answers = Response rate
hr-started = { $n ->
    [one] One has begun but not sent.
   *[other] { $n } have begun but not sent.
}
hr-messages = Text messages
hr-count-invited = Recipients
hr-count-sent = Sent
hr-count-delivered = Delivered
hr-count-waiting = Waiting
hr-count-failed = Failed
hr-count-uncertain = Uncertain
hr-count-answered = Answered
hr-count-started = Started
hr-rate-why = The response rate is shown in whole percent, and not where fewer than { $k } have answered. Where it is hidden, one area more may be, so that nobody can work it out.
hr-steps = What do you want to do?
hr-correct = Correct a phone number
hr-correct-text = Every message that did not arrive, and why.
hr-uncertain-why = Uncertain messages may have been sent, but we got no confirmation. They are not sent again, so that nobody gets two.
hr-areas = Areas
hr-area = Area
hr-rate = Response rate
hr-few = fewer than { $k }
hr-close-title = Close the survey
hr-close-text = Nobody can answer any more, messages still waiting are not sent, and drafts that were begun are deleted. It cannot be undone.
hr-close = Close now
hr-open-title = Open the answers
hr-open-text = The answers are sealed. When you open them, they are shuffled, and the key is destroyed. This cannot be undone.
hr-open = Open the answers
hr-open-two = Two must open the answers together, each with a share of the key. Ask operations to run `medvirk campaign open`.
hr-interim-title = Interim results
hr-interim-text = Opens the answers that have come so far and publishes them for the whole organisation and the areas, while people go on answering. Enough people must have answered since last time. What is published stays, and the final results have to be hidden together with it.
hr-interim = Publish interim results
hr-publish-title = Publish the results
hr-publish-text = The survey is closed. When you publish, the results can be seen by those who have access.
hr-publish = Publish

hr-ends = The last one leaves { $at }.
hr-last-minute = { $n ->
    [one] One left in the last minute.
   *[other] { $n } left in the last minute.
}
hr-held = Nothing is being sent
hr-held-why-person = Paused by { $who }.
hr-held-why-doubts = Too many messages are in doubt: the gateway does not say what became of them.
hr-held-why-account = The gateway refuses the account or its password.
hr-held-why-credit = Nothing is left on the account at the gateway.
hr-held-why-sender = The gateway refuses the sender.
hr-held-why-settings = The gateway cannot be used as it is set up.
hr-held-why-country = The gateway does not send to Norway.
hr-held-why-text = The gateway refuses the text.
hr-held-why-other = The gateway refuses the messages.
hr-delivery-see = The messages in detail
hr-delivery-title = The messages
hr-delivery-steps = What you can do
hr-resume = Go on sending
hr-rounds = Rounds
hr-round = Round
hr-round-written = Written
hr-round-invitation = Invitation
hr-round-reminder = Reminder { $n }
hr-count-cancelled = Cancelled
hr-next-reminder = The next reminder goes out { $at }, to those who have not answered by then.
hr-remind = Send a reminder now
hr-remind-text = Only to those who have neither answered nor said STOP.
hr-add-people = Invite new employees
hr-add-people-text = Everybody who has come into the register since the launch, and those whose number has been corrected there.
hr-pause = Pause
hr-pause-text = Nothing more leaves until you go on.
hr-cancel-unsent = Cancel what has not left
hr-cancel-unsent-text = These messages are never sent. It cannot be undone.
hr-doubts = { $n ->
    [one] One message is in doubt
   *[other] { $n } messages are in doubt
}
hr-doubts-text = They may have been sent, and nobody knows. We never send such a message again by ourselves, so that nobody gets two.
hr-doubts-rest = A delivery report may still come. After an hour you can decide.
hr-doubts-leave = Leave them
hr-doubts-leave-text = Whoever got nothing gets the next reminder.
hr-doubts-again = Send them again
hr-doubts-again-text = Some people may get the message twice.
hr-problems = Numbers to mend
hr-problems-text = These invitations have not arrived. Write the right number, and the invitation goes there at once.
hr-problems-csv = All of them as a file
hr-problems-none = Every invitation that we know of has arrived.
hr-problems-more = There are more; the file has all of them.
hr-problem-who = Employee
hr-problem-phone = Number
hr-problem-why = Why
hr-problem-mend = The right number
hr-problem-number = The right number
hr-problem-go = Correct
hr-problem-failed = Refused
hr-problem-undelivered = Not delivered
hr-problem-expired = The phone was out of reach for too long
hr-problem-uncertain = In doubt
hr-mended-sent = The number is corrected, and the invitation is on its way.
hr-mended-bad_number = That is no phone number. Nothing was changed.
hr-decided = What has been decided
hr-decided-paused = paused the sending
hr-decided-resumed = let the sending go on
hr-decided-reminded = sent a reminder
hr-decided-people_added = invited new employees
hr-decided-unsent_cancelled = cancelled what had not left
hr-decided-doubts_left = left messages in doubt
hr-decided-doubts_sent_again = sent messages in doubt again
hr-decided-number_corrected = corrected a number
hr-decided-sample_sent = sent a sample
hr-decided-opened = opened the answers
hr-decided-published = published the results
hr-decided-purged = deleted answers and invitations
hr-decided-leavers_deleted = deleted those who have left
hr-decided-log_shortened = deleted the beginning of this log
hr-decided-record_exported = took out what is stored about an employee
hr-decided-record_erased = erased what is stored about an employee
hr-launch-foreign = Foreign numbers
hr-launch-ends = If you send now, the last message leaves { $at }.
hr-launch-costly = These characters make the message cost more than twice as much:
hr-launch-instead = could be
hr-launch-confirm-title = Send
hr-launch-confirm = Type the number of recipients, { $n }, to confirm
hr-launch-miscounted = It goes to { $n } recipients, and you typed another number. Nothing was sent.
hr-sample-title = See it on your own phone
hr-sample-text = You get the message as it will look. The link in it leads to no survey.
hr-sample-phone = Your phone number
hr-sample-go = Send a sample
hr-sample-sent = The sample is on its way.
hr-sample-bad_number = That is no phone number. Nothing was sent.
hr-sample-not_sent = The gateway did not take the sample. Ask whoever runs medvirk.
hr-sample-too_many = This campaign has had ten samples within an hour. Wait a while, and try again.

hr-launch-title = Review the launch
hr-launch-lead = Nothing has been sent yet. This is what happens if you confirm.
hr-launch-obstacles = This must be mended first
hr-launch-recipients = Recipients
hr-launch-parts = SMS parts
hr-launch-cost = Price
hr-launch-time = Sending takes
hr-launch-invalid = Not a mobile
hr-launch-duplicates = Shared numbers
hr-launch-left-out = A number that is no mobile will hardly get the message. Where several share a number, each gets a link of their own.
hr-launch-texts = The message
hr-launch-text = { $parts ->
    [one] { $recipients } recipients, one part
   *[other] { $recipients } recipients, up to { $parts } parts
}
hr-launch-warning = When you confirm, the messages begin to leave. A text message that has been sent cannot be called back.
hr-launch = Send to { $n } recipients

hr-people-total = { $n } employees in the register.
hr-people-people = Employees
hr-people-services = Services
hr-people-units = Units
hr-people-leaders = Staff responsibility
hr-people-union = Union reps
hr-people-safety = Safety reps
hr-people-empty-title = The register is empty
hr-people-empty-text = Take a CSV file from the payroll or personnel system with at least employee_id and phone, preferably also area, service, unit, birth_year, language, staff_responsibility, union_rep and safety_rep. Try it first, then import:

hr-results = Results
hr-asked = Asked: { $audience }
hr-asked-everybody = Asked: everybody
hr-hidden-too_few = Hidden, because fewer than { $k } have answered.
hr-hidden-free_text = Free text is not shown before somebody has removed what could identify people.
hr-results-empty-title = No results to show yet
hr-results-empty-text = Results are shown when the survey is closed, the answers are opened and the results are published.
hr-whole = The whole organisation
hr-mean = Mean
hr-favourable = Favourable
hr-group = Group
hr-divide = Divide by
hr-divide-places = Unit
hr-by-age = Age
hr-by-employment = Employment
hr-by-role = Role
hr-by-language = Language
hr-questions = Questions
hr-previous = Previous question
hr-next = Next question

hr-phones-lead = The simulator receives every text message of the demo. Open a link and answer as the employee would.
hr-phones-search = Search for a phone number
hr-phones-count = { $n ->
    [one] One phone
   *[other] { $n } phones
}
hr-page = Page { $page } of { $pages }
hr-pages = Pages
hr-newer = Newer
hr-older = Older
hr-phones-none = No phone has this number
hr-phones-empty = No text messages have arrived yet
hr-phones-all = Show all phones
hr-sms-accepted = Received by the simulator
hr-sms-delivered = Delivered
hr-sms-undelivered = Not delivered

hr-failure-home = To the surveys
hr-failure-forbidden-title = You have no access to this
hr-failure-forbidden-text = Your account does not give access to the page. Ask HR if you think it should.
hr-failure-expired-title = The page had been open for too long
hr-failure-expired-text = For safety, nothing was done. Go back, reload the page and try again.
hr-failure-not_found-title = We cannot find the page
hr-failure-not_found-text = The address is wrong, or what was here has been removed.
hr-failure-refused-title = That cannot be done now
hr-failure-refused-text = Nothing has been changed.
hr-failure-too_many-title = Too many requests
hr-failure-too_many-text = Wait a minute and try again.
hr-failure-too_large-title = That was too large
hr-failure-too_large-text = What was sent is larger than the page accepts. Nothing was saved.
hr-failure-broken-title = Something went wrong on our side
hr-failure-broken-text = The fault is ours and has been logged. Please try again in a while.
hr-failure-down-title = The service is down for a moment
hr-failure-down-text = The database does not answer. Try again in a while. Nothing is lost.

hr-texts = Free text
hr-texts-lead = Every text is looked at twice before any of it can be published: one person removes what could point to somebody, another one releases it. You see the question and the area, and nothing else of who wrote it.
hr-texts-alone = You are the only one with an account for HR, so you take both looks. Two pairs of eyes are better: ask for one more account.
hr-texts-sealed = The texts can be read when the survey is closed and the answers are opened.
hr-texts-no-questions = This survey asks nothing that is answered in words.
hr-texts-question = Question
hr-texts-other = (in their own words under “Other”)
hr-texts-lists = Where the texts stand
hr-texts-list-new = To clean
hr-texts-list-cleaned = To release
hr-texts-list-released = Released
hr-texts-list-threat = Threats
hr-texts-list-unusable = Not usable
hr-texts-aside = Put aside
hr-texts-themes = Themes
hr-texts-publish-title = Publish
hr-texts-publish-text = How many texts are about each theme is published where there are enough of them, and the figures are changed a little so that nobody can be recognised. It can be done once, and cannot be undone.
hr-texts-publish-words = Publish the words too, where at least { $n } texts stand together
hr-texts-publish = Publish the free text
hr-texts-published = The free text has been published. Nothing can be changed any more.
hr-texts-figures-first = Publish the results first. The free text follows when all of it has been looked at.
hr-texts-unfinished = { $n ->
    [one] One text still waits for a look.
   *[other] { $n } texts still wait for a look.
}
hr-texts-nothing = No text is released, so there is nothing to publish.
hr-texts-step-new = First look: clean
hr-texts-step-cleaned = Second look: release
hr-texts-step-released = Released
hr-texts-step-threat = Put aside as a threat
hr-texts-step-unusable = Put aside as not usable
hr-texts-step-text-new = Remove names, places, dates, health, quotes and ways of speaking that a colleague would know. Keep what it is about. If it is a threat or somebody is in danger, tell whoever handles that at once, and put the text aside.
hr-texts-step-text-cleaned = Could a close colleague tell from these words who wrote them, or who they are about? Release them only if not. Whoever changes the words has taken a first look, and somebody else must release them.
hr-texts-step-text-released = It counts among its themes. The original has been deleted.
hr-texts-step-text-threat = It is not counted and not published. It must be handled another way, outside medvirk.
hr-texts-step-text-unusable = It is not counted and not published.
hr-texts-original = As it was written
hr-texts-words = What may stay
hr-texts-clean = Save, and on to the next
hr-texts-release = Release
hr-texts-again = Save other words
hr-texts-mark = Save the themes
hr-texts-return = Send back to the first look
hr-texts-unusable = Not usable
hr-texts-threat = Threat or danger
hr-texts-another = You have cleaned this text, so somebody else must release it.
hr-texts-before = The one before
hr-texts-skip = Skip it for now
hr-texts-waiting = { $n ->
    [one] One text that you have cleaned waits for somebody else to release it.
   *[other] { $n } texts that you have cleaned wait for somebody else to release them.
}
hr-texts-none = Nothing is left here.
hr-texts-all = All questions
hr-texts-themes-text = A few words for what many write about. Only how many texts are about a theme is published, and only where there are enough of them.
hr-texts-theme-nb = Bokmål
hr-texts-theme-nn = Nynorsk
hr-texts-theme-en = English
hr-texts-theme-add = Add the theme
hr-texts-theme-remove = Delete
hr-words-title = What was written
hr-words-other = What was written under “Other”
hr-words-how = How many texts are about each theme; a text can be about several. Counts under { $k } are hidden, and so are those that would give one away. The figures were changed a little.
hr-words-too-few = Hidden, because fewer than { $k } texts have been released.
hr-words-theme = Theme
hr-words-no-themes = No themes were made.
hr-words-order = Everything that points to somebody has been removed. The order is random. Words are shown only where at least { $n } texts stand together.
hr-words-few = The words are hidden, because fewer than { $n } texts stand together.
hr-decided-text_cleaned = cleaned a text
hr-decided-text_put_aside = put a text aside
hr-decided-text_released = released a text
hr-decided-text_returned = sent a text back
hr-decided-themes_changed = changed the themes
hr-decided-words_published = published the free text

## Results, as those see them who may
hr-res-tab-overview = Overview
hr-res-place = Where you are
hr-res-own = Your places:
hr-res-rest = The rest
hr-res-now = Now
hr-res-before = Last time
hr-res-leaders = Managers
hr-res-employees = Employees
hr-res-how = The figures are published and the same for everybody. Groups in which fewer than { $k } answered are hidden, and a few answers were moved at random before they were counted, so that nobody can be recognised.
hr-res-rate-hidden = Hidden
hr-res-rate-under = Under 10%
hr-res-rate-over = Over 90%
hr-res-invited = { $n } were asked
hr-res-below = Response rate by unit
hr-res-below-all = All { $n } places
hr-res-findings = What stands out
hr-res-findings-none = No question stands out here. Look through all of them below.
hr-res-kind-higher = Higher than the rest
hr-res-kind-lower = Lower than the rest
hr-res-kind-up = Up since last time
hr-res-kind-down = Down since last time
hr-res-kind-highest = Among the highest
hr-res-kind-lowest = Among the lowest
hr-res-finding-higher = { $place }: { $own } answer favourably, against { $other } of the rest. That is { $points } percentage points more.
hr-res-finding-lower = { $place }: { $own } answer favourably, against { $other } of the rest. That is { $points } percentage points less.
hr-res-finding-up = { $place }: { $own } answer favourably, against { $other } last time. That is { $points } percentage points more.
hr-res-finding-down = { $place }: { $own } answer favourably, against { $other } last time. That is { $points } percentage points less.
hr-res-finding-highest = { $own } answer favourably.
hr-res-finding-lowest = { $own } answer favourably.
hr-res-all = All questions
hr-res-positive = answer favourably
hr-res-mean = on average
hr-res-words = In their own words, see the question
hr-res-unread = In their own words, not published yet
hr-res-hidden = Hidden
hr-res-asked = Asked
hr-res-answered = Answered
hr-res-not-asked = Not asked
hr-res-open = Asked and left open
hr-res-dont-know = Don’t know
hr-res-svg = Save the picture (SVG)
hr-res-csv = Save the numbers (CSV)
hr-res-sides = Side by side
hr-res-wordings = How they were asked
hr-res-pair = Managers and employees differ by { $points } percentage points.
hr-res-significant = That is more than chance.
hr-res-chance = That may be chance.
hr-res-too-few = too few to tell
hr-res-divided = Divided
hr-res-show = Show
hr-res-show-shares = Distribution
hr-res-show-means = Mean
hr-res-option = The answer that is compared
hr-res-marked = ▲ and ▼ mean that the difference from the rest is larger than chance would make it.
hr-res-all-hidden = All parts are hidden, because fewer than { $k } answered in them.
hr-res-no-parts = This is not divided further.
hr-res-some-hidden = { $n ->
    [one] One group is hidden, because fewer than { $k } answered in it or in a group beside it.
   *[other] { $n } groups are hidden, because fewer than { $k } answered in them or in a group beside them.
}
hr-res-table = The numbers as a table
hr-res-against = Against the rest
hr-res-trend = Over time
hr-res-change = The change since last time is { $points } percentage points.
hr-res-refused-no_such_question = { $wave }: the question was not published then.
hr-res-refused-type = { $wave }: it was asked in another way then.
hr-res-refused-answers = { $wave }: there were other answers to choose from then.
hr-res-refused-direction = { $wave }: high numbers meant the opposite then.
hr-res-refused-audience = { $wave }: other people were asked then.
hr-res-tab-heat = Heat map
hr-res-tab-compare = Compare
hr-res-tab-indices = Indices
hr-res-of-questions = Questions
hr-res-of-indices = Indices
hr-res-level = Level
hr-res-level-1 = Areas
hr-res-level-2 = Services
hr-res-level-3 = Units
hr-res-heat-how = The number is the percentage that answers favourably, or the mean of an index. The colour shows the distance from the first row.
hr-res-heat-lower = Lower
hr-res-heat-same = As the first
hr-res-heat-higher = Higher
hr-res-sort = Sort by { $column }
hr-res-heat-hidden = { $n ->
    [one] One cell is hidden, because fewer than { $k } answered there or in a group beside it.
   *[other] { $n } cells are hidden, because fewer than { $k } answered there or in a group beside them.
}
hr-res-heat-none = The survey has no questions on a scale, so there is nothing to show here.
hr-res-index-how = An index is the mean of the means of its questions, turned so that high is always good.
hr-res-index-none = Hidden: at least { $n } of its questions must be shown.
hr-res-items = The questions of the index ({ $n })
hr-res-turned = turned
hr-res-indices-none = The survey has no indices.
hr-res-one = This one
hr-res-other = against this one
hr-res-compare = Compare
hr-res-against-rest = { $one } against the rest of { $other }.
hr-res-against-other = { $one } against { $other }.
hr-res-points = { $points } percentage points.
hr-res-compare-hidden = { $n ->
    [one] One question is hidden for at least one of them.
   *[other] { $n } questions are hidden for at least one of them.
}
hr-res-compare-ask = Choose two places.

## Surveys and register in the browser
hr-survey-new = New survey
hr-survey-edit = Edit the survey
hr-survey-lead = Write the survey here, or upload its file. Nothing is saved before it is without errors, and nothing is sent before you confirm the launch.
hr-survey-saved = Saved as a draft.
hr-survey-nameless = Give the survey a name.
hr-survey-broken = This must be mended. Nothing was saved.
hr-survey-warned = You may want to look at this
hr-survey-name = Name
hr-survey-source = The survey (YAML)
hr-survey-file = Or upload a file
hr-survey-save = Check and save
hr-survey-create = Check and make a draft
hr-survey-phone = As a phone shows it
hr-survey-page = Page
hr-survey-language = Language
hr-survey-show = Show
hr-import = Import a file
hr-import-text = A CSV file with at least employee_id and phone. Those who are there already are known by their employee number. Nobody goes by themselves.
hr-import-file = File
hr-import-how = If something is new or wrong
hr-import-new-areas = Take new areas
hr-import-skip-bad = Skip rows with errors
hr-import-complete = The file is the whole register: whoever is not in it has left and gets no more messages
hr-import-left = { $n ->
    [one] One person who is not in the file counts as having left.
   *[other] { $n } people who are not in the file count as having left.
}
hr-import-try = Try without saving
hr-import-report = The errors as a file
hr-import-go = Import
hr-import-unreadable = The file cannot be read:
hr-import-saved = The register is up to date
hr-import-stopped = Nothing was saved, because some rows are wrong
hr-import-tried = This is what would happen. Nothing was saved
hr-import-counts = { $new } new, { $changed } changed, { $unchanged } unchanged, { $missing } not in the file, { $bad } rows with errors.
hr-import-line = Line { $line }
hr-import-more = And { $n } more. The file of errors has them all.
hr-decided-definition_changed = changed the survey

hr-published-none = Nothing has been published that you may see.
hr-welcome-title = Choose a password
hr-welcome-advice = At least 12 characters. Several words that have nothing to do with each other are easy to remember and hard to guess.
hr-welcome-again = The password once more
hr-welcome-go = Save the password
hr-welcome-short = The password needs at least 12 characters.
hr-welcome-long = The password is too long.
hr-welcome-guessable = This password is easy to guess. Take several words that have nothing to do with each other.
hr-welcome-different = The two passwords are not the same.
hr-welcome-gone-title = This link has been used
hr-welcome-gone-text = The link works once and for two days. Ask whoever sent it for a new one, or sign in if you have a password.

hr-viewed-note = Who looks at results, which, when and from where is written down, and auditors can read it. That holds for every account, HR's too.

hr-record = Access and erasure
hr-record-text = For an employee who asks to see, or to have erased, what is stored about them. Who did it is written down.
hr-record-number = Employee number
hr-record-export = Take out as a file
hr-record-erase = Erase
hr-record-again = Type the employee number once more to erase
hr-record-not = Answers are never in it: nothing in the database leads from a person to an answer, so nobody can find them, neither to show nor to erase them. Whether somebody has answered is not in the file either.
hr-record-erased = Erased. The register does not have that employee number any more. Take it out of the file that you import next, too.
hr-record-nobody = Nobody in the register has that employee number.
hr-record-different = The employee number was typed differently the second time. Nothing was erased.
hr-stored = What is stored, why and how long
hr-stored-text = This page is made from the comments in the database’s own tables and from the settings here.
hr-stored-why = Why
hr-stored-kept = How long
hr-stored-columns = Columns
hr-audit = Who did what
hr-audit-text = Every login, every look at results, every export and every decision. Nothing can be taken out unseen: each entry holds the hash of the one before it.
hr-audit-csv = All of it as a file
hr-audit-number = No.
hr-audit-at = When
hr-audit-who = Who
hr-audit-what = What
hr-audit-from = From
hr-audit-detail = More
hr-audit-newest = Newest
hr-audit-older = Older
hr-audit-empty = Nothing has been done yet
hr-decided-imported = imported the register
hr-decided-created = made the campaign
hr-decided-launched = launched it
hr-decided-closed = closed it
hr-decided-viewed = looked at results
hr-decided-exported = exported
hr-decided-logged_in = signed in
hr-decided-login_failed = failed to sign in
hr-decided-logged_out = signed out
hr-decided-account_changed = made or changed an account
hr-decided-password_set = chose a password
hr-res-png = Save the picture (PNG)
hr-res-copy = Copy the picture
hr-res-copied = Copied

hr-login-codes = Safety reps, union reps and others whose number is known get a code by SMS.
hr-login-phone = Mobile number
hr-login-send = Send me a code
hr-login-bad_number = This is no phone number.
hr-login-wrong_code = The code is not right.
hr-code-title = Enter the code
hr-code-sent = If the number is known, a code is on its way. It is good for ten minutes and five tries.
hr-code-totp = The code that your authenticator shows now, or one of your recovery codes.
hr-code = Code
hr-code-any = A code of the authenticator, or a recovery code
hr-code-back = Begin anew
hr-account = Your account
hr-role-hr = HR
hr-role-safety_rep = safety representative
hr-role-union_rep = union representative
hr-role-leader = leader
hr-role-viewer = reader of results
hr-role-auditor = auditor
hr-factor = Second factor
hr-factor-none = With an authenticator on your phone, a stolen password is not enough to sign in. Scan the picture with it, and type the code that it shows.
hr-factor-required = This account can launch surveys or read everything that was done. Turn on two-step login before you go on.
hr-factor-picture = The address for your authenticator, as a QR code
hr-factor-typed = Or type this secret:
hr-factor-go = Switch on
hr-factor-new = The second factor is on. Keep these recovery codes where you find them without your phone: each of them signs you in once. They are not shown again.
hr-factor-set = The second factor is on.
hr-factor-remove = Switch off
hr-sessions = Where you are signed in
hr-sessions-begun = Since
hr-sessions-seen = Last used
hr-sessions-here = here
hr-sessions-end = Sign out everywhere
hr-decided-second_factor_set = switched the second factor on
hr-decided-second_factor_removed = switched the second factor off

hr-login-provider = Sign in with your work account
hr-login-no_account = Your work account gives no access here. Ask HR if you think it should.
hr-login-down = The sign-in service is out of reach. Please try again in a while.
