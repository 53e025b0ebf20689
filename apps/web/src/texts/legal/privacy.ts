import type { LegalFacts, Section } from "./document.ts";

/** What happens to people's data, as the GDPR wants it told (articles 13 and 15 to 22). */
export const privacyTexts = {
  tab: "Privacy",
  title: "Your data",
  lead: "Which data we have about you, why, how long, and what you can do about it.",
  validFrom: "2026-11-21",
  sections: (facts: LegalFacts): Section[] => [
    controller(facts),
    {
      id: "which",
      title: "Which data, and why",
      blocks: [
        "We keep what the service needs, and nothing for advertising. Nothing is sold, and nobody follows you across other sites.",
        {
          list: [
            "Your account: name, e-mail, and your password in a form nobody can read back. To give you the service you signed up for (contract, GDPR article 6.1 b).",
            "Your logins: when, and from which browser and IP address. So that you can see and end them, and to keep others out (our legitimate interest in security, article 6.1 f).",
            "What you show and ask: messages, photos and videos with the stills taken from them, and the answers. To answer you, and so that you find them again (contract). Nobody else who uses LiveAssist sees them.",
            "What you post: words and pictures in the community, and when. To show them to the others (contract).",
            "What you report: which post, why and when. So that we can look at it and act (our legitimate interest in a decent community, article 6.1 f).",
            "Your use: how many images you sent today, and your XP. To keep the limits of the plans (contract).",
            "Your subscription: plan, dates, what was paid and refunded, and Stripe's notices about it. To give you what you paid for (contract), and for our books (legal obligation, article 6.1 c).",
            "A withdrawal from the contract: the name and e-mail you state, date and time. To carry it out and to be able to show it (legal obligation).",
            "Technical logs: times, addresses and errors, with names and e-mails masked; when your subscription was looked at and your open pages were told, and what an administrator did. To find faults and fend off attacks (legitimate interest).",
          ],
        },
        "You have to give us name, e-mail and password to have an account; everything else is up to you. Nothing is decided about you by a machine alone that has legal effects.",
      ],
    },
    {
      id: "pictures",
      title: "Photos, videos and posts",
      blocks: [
        "Every picture is written anew before we keep it: place, camera and whatever else your device had noted in the file are gone. A video is kept as you sent it, with what your device noted in it. Up to eight stills are taken from it in your browser, for the assistant.",
        "What you show in LiveAssist is for you alone, behind your login. What you post is public to everybody who is signed in here, with your name, your XP and, with Premium, your badge; so is your profile, which says since when you are here. Your e-mail is never shown to others.",
        "Do not show what is not yours to show: another person's face, letter or number needs their consent.",
      ],
    },
    {
      id: "payment",
      title: "Card and payment",
      blocks: [
        "You type your card on Stripe's page. We never see its number; we know its brand, its last four digits and when it expires. Stripe is responsible itself for what it must do by law, such as preventing fraud and money laundering.",
      ],
    },
    {
      id: "who",
      title: "Who else gets data",
      blocks: [
        {
          list: [
            "Stripe Payments Europe, Limited (Ireland): payments, subscriptions, receipts and refunds.",
            "The provider of the AI model that is configured for this installation: the words and pictures of your session, the stills of a video, and which plan you are on, to write the answer. With Premium it may search the posts, and reads what it finds. It does not get your name, your e-mail or anything about payment, unless you write it. Without a configured provider a built-in practice assistant answers, and nothing is sent anywhere.",
            "Everybody who is signed in: your posts and your profile.",
            "The provider that delivers our e-mail: your e-mail address and the letter.",
            "The host of our servers and database, on our instructions.",
          ],
        },
        "They work for us under an agreement (article 28). If one of them handles data outside the EU or EEA, that rests on a decision of the EU Commission that the country protects it well enough, or on the Commission's standard clauses. Ask us for the current names and a copy.",
        "We give data to an authority only when the law obliges us to.",
      ],
    },
    {
      id: "how-long",
      title: "How long",
      blocks: [
        {
          list: [
            "Photos and videos that you add and do not send: 24 hours.",
            "Messages, and the photos and videos in them: until you delete their session or your account.",
            "Posts and their pictures: until you delete them or your account, or an administrator removes them. A report of a post stays for administrators until it is decided, and after that as long as both accounts.",
            "Your account: until you delete it. That takes sessions, posts, photos and videos with it.",
            "Logins: until they end or you end them.",
            "What our servers did about your subscription and what your pages confirmed, and what administrators did on your account: 90 days, and two years.",
            "What Stripe tells us about your payments, word for word: 35 days; notices that nobody could place, until somebody has.",
            "Payments, receipts, refunds and withdrawals: seven years after the end of the financial year, as the Swedish Accounting Act (bokföringslagen, 1999:1078) demands, even when the account is gone.",
            "Technical logs: as long as it takes to find a fault, never longer than 12 months.",
            "Backups: 35 days at most; what you delete lives on in them that long, and is deleted again should one be put back.",
          ],
        },
      ],
    },
    {
      id: "browser",
      title: "In your browser",
      blocks: [
        "We use one cookie that keeps you signed in, and one for the way back from a payment, which lasts a day at most. The browser's storage remembers who is signed in (a number, not your name), which session is open, which notices you have already seen, and how far you had scrolled. What you have begun to write, and photos and videos that are not sent yet, wait there too, so that a reload loses nothing; signing out takes both out. All of these are needed for what you ask for, so there is no consent to click away, and nothing else is stored.",
      ],
    },
    rights(facts),
  ],
} as const;

function controller({ seller }: LegalFacts): Section {
  return {
    id: "controller",
    title: "Who is responsible",
    blocks: [
      seller
        ? `${seller.name}, organisation number ${seller.org_no}, ${seller.address}, is responsible for your data. Write to ${seller.email} about anything on this page.`
        : "This is a test installation without a seller: whoever set it up is responsible for what is typed into it. Do not enter anything real.",
    ],
  };
}

function rights({ seller }: LegalFacts): Section {
  const how = seller
    ? `Write to ${seller.email}; we answer within a month.`
    : "In a real installation the seller's address stands here.";
  return {
    id: "rights",
    title: "Your rights",
    blocks: [
      `You may see your data and get a copy, have it corrected or erased, have its use restricted, take it with you in a common format, and object to what rests on our legitimate interest. ${how}`,
      "Your name you change, your data you download, and your account you delete, yourself in Settings.",
      { to: "/settings", label: "Open Settings" },
      "If you think we do it wrong you can complain to the Swedish Authority for Privacy Protection, IMY (Integritetsskyddsmyndigheten), Box 8114, 104 20 Stockholm, www.imy.se, or to the authority where you live.",
    ],
  };
}
