/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/steps.h"

/* The whole visit of an applicant with an appointment for a residence permit. She scans what she
 * has on paper, takes her photo from a stick and one paper from her phone, says of two papers that
 * they come later, and signs. */

#define SEE(text)                                                                                  \
  {                                                                                                \
    ROBOT_SEE, ATSPI_ROLE_LABEL, text                                                              \
  }
#define PRESS(text)                                                                                \
  {                                                                                                \
    ROBOT_PRESS, ATSPI_ROLE_PUSH_BUTTON, text                                                      \
  }
#define CHOOSE(text)                                                                               \
  {                                                                                                \
    ROBOT_PRESS, ATSPI_ROLE_RADIO_BUTTON, text                                                     \
  }
#define FOCUS(text)                                                                                \
  {                                                                                                \
    ROBOT_PRESS, ATSPI_ROLE_TEXT, text                                                             \
  }
#define TYPE(text)                                                                                 \
  {                                                                                                \
    ROBOT_TYPE, ATSPI_ROLE_INVALID, text                                                           \
  }
#define SIGN(text)                                                                                 \
  {                                                                                                \
    ROBOT_SIGN, ATSPI_ROLE_INVALID, text                                                           \
  }
#define HOLD(text)                                                                                 \
  {                                                                                                \
    ROBOT_HOLD, ATSPI_ROLE_INVALID, text                                                           \
  }
#define PICTURE(text)                                                                              \
  {                                                                                                \
    ROBOT_PICTURE, ATSPI_ROLE_INVALID, text                                                        \
  }

const RobotStep robot_visit[] = {
  SEE ("&Have ready"),
  PICTURE ("attract"),
  PRESS ("&Start"),
  SEE ("Choose your language"),
  PICTURE ("language"),
  { ROBOT_LANGUAGE, ATSPI_ROLE_PUSH_BUTTON, "" },
  SEE ("Before you begin"),
  PICTURE ("consent"),
  PRESS ("Accessibility"),
  SEE ("Make this easier to use"),
  PICTURE ("accessibility"),
  PRESS ("Use these settings"),
  PRESS ("Call staff"),
  SEE ("Do you want someone to come and help?"),
  PICTURE ("staff"),
  PRESS ("Go back"),
  PRESS ("I agree"),

  /* The camera sees the code; nobody presses anything. */
  SEE ("Show your appointment code"),
  PICTURE ("appointment"),
  HOLD ("code-in-hand.png"),
  /* By hand first, as where there is no camera; then by the camera, which sees it by itself. */
  SEE ("Show the page with your photo"),
  HOLD ("hall.png"),
  PICTURE ("identity-camera"),
  PRESS ("Type the lines instead"),
  SEE ("Type the two lines at the bottom of your passport"),
  PICTURE ("identity"),
  TYPE ("@mrz-1-start"),
  PRESS ("Fill the line with <"),
  TYPE ("@mrz-2"),
  PICTURE ("identity-typed"),
  PRESS ("Check the lines"),
  SEE ("Is this you?"),
  PRESS ("Back"),
  SEE ("Show the page with your photo"),
  HOLD ("passport-in-hand.png"),
  SEE ("Is this you?"),
  SEE ("@surname"),
  HOLD ("hall.png"),
  PICTURE ("identity-read"),
  PRESS ("Yes, this is me"),

  /* Nothing is taken before it is asked for, and nothing is kept before it was looked at. */
  SEE ("May we take your picture?"),
  PICTURE ("portrait-ask"),
  PRESS ("Show me the camera"),
  SEE ("Look into the camera"),
  HOLD ("face.png"),
  PICTURE ("portrait-camera"),
  PRESS ("Take my picture"),
  SEE ("Is this picture good?"),
  HOLD ("hall.png"),
  PICTURE ("portrait-taken"),
  PRESS ("Use this picture"),
  SEE ("This goes into your application"),
  SEE ("Your picture is taken"),
  PICTURE ("identity-result"),
  PRESS ("Go on"),

  SEE ("What did you enter China with?"),
  CHOOSE ("Z visa (work)"),
  PICTURE ("details-choice"),
  PRESS ("Go on"),
  SEE ("When did you last enter China?"),
  TYPE ("@entered"),
  PICTURE ("details-date"),
  PRESS ("Go on"),
  SEE ("Does your visa say that you have to apply for a residence permit after entry?"),
  CHOOSE ("Yes"),
  PRESS ("Go on"),
  SEE ("What is your employer called?"),
  TYPE ("Yungang Startrail Instruments Co., Ltd."),
  PICTURE ("details-text"),
  PRESS ("Go on"),
  SEE ("What is your employer's unified social credit code?"),
  PRESS ("Go on"),
  SEE ("What is your post?"),
  TYPE ("Optical engineer"),
  PRESS ("Go on"),
  SEE ("What proof of your work permit do you have?"),
  CHOOSE ("The notification letter of the work permit"),
  PRESS ("Go on"),
  SEE ("For how long do you apply?"),
  CHOOSE ("1 year or more, less than 3 years"),
  PRESS ("Go on"),
  SEE ("Do you come for arts performances or sport?"),
  CHOOSE ("No"),
  PRESS ("Go on"),
  SEE ("Did you hand in a health verification for your work permit?"),
  CHOOSE ("No"),
  PRESS ("Go on"),
  SEE ("Were you ever a Chinese national?"),
  CHOOSE ("No"),
  PRESS ("Go on"),
  SEE ("Have you registered with the police where you live now?"),
  CHOOSE ("Yes"),
  PRESS ("Go on"),
  SEE ("What is your address in China?"),
  TYPE ("Room 602, Building 3, 18 Shuyuan Road, Binjiang, Yungang"),
  PRESS ("Go on"),
  SEE ("What is your phone number?"),
  TYPE ("13100005550"),
  PRESS ("Go on"),
  SEE ("What is your email address?"),
  TYPE ("ada@utopia.example"),
  PRESS ("Go on"),
  SEE ("Hand in your papers"),
  PICTURE ("documents"),

  PRESS ("Hand it in: Passport: the page with your photo"),
  PRESS ("Hand it in now"),
  SEE ("Where is this paper?"),
  PICTURE ("document-ways"),
  CHOOSE ("Scan the paper"),
  SEE ("Can you read everything?"),
  PICTURE ("document-preview"),
  PRESS ("Keep it"),
  SEE ("Passport: the page with your photo"),
  PICTURE ("document-kept"),
  PRESS ("Back to the list"),

  PRESS ("Hand it in: Two-inch photo"),
  PRESS ("Hand it in now"),
  CHOOSE ("Take it from my stick"),
  SEE ("Choose your file"),
  PICTURE ("document-stick"),
  CHOOSE ("photo.jpg"),
  SEE ("Can you read everything?"),
  PICTURE ("document-photo"),
  PRESS ("Keep it"),
  PRESS ("Back to the list"),

  PRESS ("Hand it in: Registration form of temporary residence"),
  PRESS ("Hand it in now"),
  CHOOSE ("Lay it under the camera"),
  SEE ("Good. Take the picture"),
  PICTURE ("document-camera"),
  PRESS ("Take the picture"),
  SEE ("Can you read everything?"),
  PICTURE ("document-camera-taken"),
  PRESS ("Keep it"),
  PRESS ("Back to the list"),

  PRESS ("Hand it in: Notification letter of the work permit"),
  PRESS ("Hand it in now"),
  CHOOSE ("Send it from my phone"),
  SEE ("Join our Wi-Fi"),
  PICTURE ("document-phone-join"),
  PRESS ("My phone has joined"),
  SEE ("Photograph this code"),
  PICTURE ("document-phone-open"),
  SEE ("Does your phone show this number?"),
  PICTURE ("document-phone-number"),
  PRESS ("Yes, the same number"),
  SEE ("Can you read everything?"),
  PRESS ("Keep it"),
  PRESS ("Back to the list"),
  SEE ("Hand in your papers"),
  PICTURE ("documents-kept"),
  PRESS ("Go on"),

  SEE ("Check your answers"),
  SEE ("These papers are still missing"),
  PICTURE ("review"),
  PRESS ("This is right"),

  SEE ("Sign and hand in"),
  { ROBOT_SIGN, ATSPI_ROLE_FILLER, "Sign here with a finger" },
  PICTURE ("sign"),
  PRESS ("Hand in my application"),

  SEE ("Your application is handed in"),
  PICTURE ("receipt"),
  PRESS ("Print my receipt"),
  SEE ("Your receipt is printed"),
  PICTURE ("receipt-printed"),
  PRESS ("Finish"),
  SEE ("How was it to apply here?"),
  PICTURE ("rating"),
  PRESS ("Leave without an answer"),

  /* A new process image, which knows nothing of the visit. */
  { ROBOT_HALL, ATSPI_ROLE_INVALID, "" },
  SEE ("&Have ready"),
  PICTURE ("attract-again"),
};
const gsize robot_visit_length = G_N_ELEMENTS (robot_visit);
