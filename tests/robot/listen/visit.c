/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/listen/steps.h"

/* The whole visit of an applicant who does not see, with an appointment for a residence permit. She
 * holds up what the camera has to see, types by five keys, scans one paper, takes one from a stick,
 * and types her name where others sign with a finger. */

#define HEAR(text)                                                                                 \
  {                                                                                                \
    LISTEN_HEAR, text                                                                              \
  }
#define PRESS(text)                                                                                \
  {                                                                                                \
    LISTEN_PRESS, text                                                                             \
  }
#define HOLD(text)                                                                                 \
  {                                                                                                \
    LISTEN_HOLD, text                                                                              \
  }

/* A question that is answered by choosing, and one that is answered by typing. */
#define ANSWER(question, answer) HEAR (question), { LISTEN_CHOOSE, answer }, PRESS ("Go on")
#define WRITE(question, text)                                                                      \
  HEAR (question), { LISTEN_ENTER, question }, { LISTEN_TYPE, text }, PRESS ("Go on")

#define NO_ADDRESS                                                                                 \
  "An email address looks like name@example.com. Check what is before and after the @."

const ListenStep listen_visit[] = {
  { LISTEN_PLUG, NULL },
  HEAR ("The voice is on."),
  { LISTEN_LANGUAGE, NULL },
  HEAR ("Before you begin"),
  PRESS ("I agree"),

  HEAR ("Show your appointment code"),
  HOLD ("code-in-hand.png"),
  HEAR ("Show the page with your photo"),
  HOLD ("passport-in-hand.png"),
  HEAR ("Is this you?"),
  HOLD ("hall.png"),
  PRESS ("Yes, this is me"),
  HEAR ("May we take your picture?"),
  PRESS ("Show me the camera"),
  HEAR ("Look into the camera"),
  HOLD ("face.png"),
  PRESS ("Take my picture"),
  HEAR ("Is this picture good?"),
  PRESS ("Use this picture"),
  HEAR ("This goes into your application"),
  PRESS ("Go on"),

  ANSWER ("What did you enter China with?", "Z visa (work)"),
  HEAR ("When did you last enter China?"),
  { LISTEN_ENTER, "Day" },
  { LISTEN_TYPE, "@entered" },
  PRESS ("Go on"),
  ANSWER ("Does your visa say that you have to apply for a residence permit after entry?", "Yes"),
  WRITE ("What is your employer called?", "startrail instruments"),
  HEAR ("What is your employer's unified social credit code?"),
  PRESS ("Go on"),
  WRITE ("What is your post?", "optician"),
  ANSWER ("What proof of your work permit do you have?",
          "The notification letter of the work permit"),
  ANSWER ("For how long do you apply?", "1 year or more, less than 3 years"),
  ANSWER ("Do you come for arts performances or sport?", "No"),
  ANSWER ("Did you hand in a health verification for your work permit?", "No"),
  ANSWER ("Were you ever a Chinese national?", "No"),
  ANSWER ("Have you registered with the police where you live now?", "Yes"),
  WRITE ("What is your address in China?", "18 shuyuan road, yungang"),
  WRITE ("What is your phone number?", "13100005550"),
  /* What is not an address is refused, and she is told why, as often as she asks. */
  HEAR ("What is your email address?"),
  { LISTEN_ENTER, "What is your email address?" },
  { LISTEN_TYPE, "ada@" },
  PRESS ("Go on"),
  HEAR (NO_ADDRESS),
  PRESS ("Go on"),
  HEAR (NO_ADDRESS),
  { LISTEN_ENTER, "What is your email address?" },
  { LISTEN_TYPE, "utopia.example" },
  PRESS ("Go on"),

  HEAR ("Hand in your papers"),
  PRESS ("Hand it in: Passport: the page with your photo"),
  PRESS ("Hand it in now"),
  HEAR ("Where is this paper?"),
  { LISTEN_CHOOSE, "Scan the paper" },
  HEAR ("Can you read everything?"),
  PRESS ("Keep it"),
  PRESS ("Back to the list"),
  HEAR ("Hand in your papers"),
  PRESS ("Hand it in: Two-inch photo"),
  PRESS ("Hand it in now"),
  { LISTEN_CHOOSE, "Take it from my stick" },
  HEAR ("Choose your file"),
  { LISTEN_CHOOSE, "photo.jpg" },
  HEAR ("Can you read everything?"),
  PRESS ("Keep it"),
  PRESS ("Back to the list"),
  HEAR ("Hand in your papers"),
  PRESS ("Go on"),

  HEAR ("Check your answers"),
  PRESS ("This is right"),
  HEAR ("Sign and hand in"),
  PRESS ("I cannot sign on the glass"),
  { LISTEN_ENTER, "Type your full name as your signature" },
  { LISTEN_TYPE, "ada" },
  PRESS ("Hand in my application"),

  HEAR ("Your application is handed in"),
  PRESS ("Print my receipt"),
  HEAR ("Your receipt is printed. Take it from the slot below the screen."),
  PRESS ("Finish"),
  HEAR ("How was it to apply here?"),
  PRESS ("Leave without an answer"),

  /* The headphone is still in when the next one comes. */
  { LISTEN_HALL, NULL },
  HEAR ("The voice is on."),
};
const gsize listen_visit_length = G_N_ELEMENTS (listen_visit);
