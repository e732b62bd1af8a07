"""English words and what they stand for; `_` joins the words of a phrase.

The keys are signs: every word of an entry reads as the same sign, in both languages, so that one
table of phrasings serves both. The sign "" means that a word carries nothing.
"""

from typing import Final

WORDS: Final[dict[str, str]] = {
    "": (
        "the a an please pls plz kindly just really right_now right_away asap maybe_just "
        "also actually simply only exactly about roughly currently quickly immediately "
        "at_once today_please a_total_of total_of an_amount_of the_amount_of amount_of "
        "sum_of the_sum_of there then if_possible if_you_can when_you_can whenever_you_can "
        "for_me_please again too dear sir a_bit a_little so_far already yet 's up_to "
        "at_most no_more_than maximum max worth own the_whole whole each_time instead "
        "from_now_on their his her current token tokens please_note partially unused "
        "only_for someone_please at_a_time by_themselves on_their_own"
    ),
    "polite": (
        "can_you could_you would_you will_you can_u could_u would_u would_you_mind "
        "do_you_mind can_you_please could_you_please would_you_please will_you_please "
        "i_want_to i_wanna i_would_like_to i'd_like_to id_like_to i_want_you_to "
        "i'd_like_you_to i_would_like_you_to i_need_to i_need_you_to we_need_to we_want_to "
        "we_would_like_to we'd_like_to let's lets let_us i_have_to we_have_to help_me_to "
        "help_me_with i_wish_to go_ahead_and you_can please_go_ahead_and i_wanted_to "
        "we_wanted_to i'd_love_to i_d_like_to gonna i'm_going_to i_am_going_to "
        "be_so_kind_and be_kind_and do_me_a_favor_and time_to i_need_help_to can_someone "
        "could_someone we're_going_to we_are_going_to i_am_gonna we_gonna"
    ),
    "yes": (
        "ok okay yes yeah yep sure alright k fine well so great perfect cool right lgtm "
        "sounds_good oops ups hmm understood absolutely definitely"
    ),
    "hi": (
        "hi hello hey hiya howdy yo good_morning good_afternoon good_evening morning "
        "hey_there hi_there hello_there greetings hey_team hi_team hello_team hi_all "
        "hey_all hello_everyone hi_everyone hey_everyone hey_folks hi_folks hello_all"
    ),
    "bot": "bursar @bursar bot everyone_here team_bursar",
    "thanks": (
        "thanks thank_you thx ty cheers many_thanks thanks_a_lot thank_you_very_much "
        "much_appreciated thank_you_so_much thanks_so_much tysm thanks_in_advance "
        "appreciate_it great_thanks"
    ),
    "raise": (
        "raise increase bump boost bump_up topup top_up raising increasing boosting grow "
        "expand step_up hike raised_up augment enlarge extend bumping topping_up"
    ),
    "up": "up upping",
    "lower": (
        "lower reduce decrease cut bring_down shrink trim lowering reducing decreasing "
        "cutting cut_down cut_back scale_down"
    ),
    "give": (
        "give grant allocate assign provide allot giving granting allocating hand fund "
        "let_have award hook_up"
    ),
    "ask": (
        "ask ask_for requesting asking_for asking apply_for put_in_for can_i_have can_i_get "
        "could_i_have could_i_get can_we_have can_we_get could_we_have could_we_get "
        "may_i_have may_we_have can_i_please_have can_i_please_get can_you_get_me "
        "could_you_get_me can_you_get_us could_you_get_us i'm_asking_for we're_asking_for "
        "can_i_ask_for could_i_ask_for can_we_ask_for may_i_ask_for i'd_like_to_ask_for "
        "i_am_asking_for can_i_request could_i_request can_we_request i_hereby_request "
        "put_in_a_request put_in_a_request_for hook_me_up_with hook_us_up_with "
        "set_me_up_with"
    ),
    "need": (
        "need needs i_need we_need i_want we_want i_would_like we_would_like i'd_like id_like "
        "we'd_like want wants i_require we_require require requires i_could_use "
        "we_could_use could_use would_need we'll_need i'll_need will_need i_will_need "
        "we_will_need needing i_do_need i'd_need we'd_need i_would_need we_would_need "
        "need_about"
    ),
    "get": "get get_me get_us",
    "more": "more extra additional another further on_top in_addition",
    "budget": (
        "budget budgets fund_s funds funding credit credits allowance money budget_line "
        "headroom spending_money ai_budget ai_credits cash cash_flow"
    ),
    "limit": (
        "limit limits cap caps ceiling quota spending_limit spend_limit budget_limit "
        "spending_cap budget_cap spend_cap limiting capping restrict"
    ),
    "wallet": "wallet account_wallet this_wallet's",
    "wallets": (
        "wallets all_wallets wallet_tree tree budget_tree hierarchy overview structure "
        "teams_and_projects projects_and_teams all_budgets every_wallet all_the_wallets"
    ),
    "team": "team department squad dept",
    "teams": "teams departments squads",
    "project": "project",
    "projects": "projects",
    "move": (
        "move transfer shift reallocate send switch_over reassign moving transferring "
        "shifting sending relocate pass lend rebalance redistribute borrow swap"
    ),
    "take": "take taking pull grab",
    "set": (
        "set change put fix adjust update configure setting changing modify edit define "
        "establish setup set_up_the_limit enter"
    ),
    "make": "make making turn appoint promote nominate designate",
    "remove": (
        "remove delete clear lift scrap disable get_rid_of take_off take_away revoke strip "
        "removing deleting drop eliminate rescind unset abolish turn_off switch_off"
    ),
    "approve": (
        "approve accept authorize authorise greenlight green_light sign_off sign_off_on "
        "approving give_the_ok_to say_yes_to confirm ok_to okay_to allow yes_to ok_for"
    ),
    "reject": (
        "reject deny decline refuse turn_down say_no_to rejecting denying disapprove veto "
        "knock_back no_to"
    ),
    "cancel": (
        "cancel withdraw retract call_off pull_back cancelling canceling withdrawing "
        "take_back recall abort"
    ),
    "close": (
        "close archive shut_down deactivate retire wind_down closing archiving shut "
        "close_down close_out decommission"
    ),
    "create": (
        "create start creating build spin_up open_up set_up setting_up launch_a submit file lodge"
    ),
    "new": "new brand_new",
    "open": "open pending waiting outstanding unresolved undecided awaiting in_the_queue queued",
    "rename": "rename renaming relabel rebrand",
    "name": "name title label",
    "call": "call called named by_the_name_of with_the_name titled with_name",
    "add": (
        "add invite onboard register enroll enrol bring_in adding inviting onboarding include"
    ),
    "person": (
        "person user colleague coworker co-worker teammate employee human somebody someone "
        "team_member new_hire hire"
    ),
    "people": (
        "people persons users colleagues coworkers teammates employees members staff "
        "team_members everybody everyone folks roster headcount"
    ),
    "role": "role roles rights permission permissions position access duty",
    "resend": "resend send_again re-send",
    "message": "message messages",
    "export": "export exporting download",
    "chargeback": (
        "chargeback charge_back charge-back chargebacks showback cost_allocation "
        "costs_by_cost_centre costs_by_cost_center chargeback_file chargeback_report"
    ),
    "focus": "focus focus_file finops_focus",
    "json": "json as_json in_json as_a_json_file json_file",
    "csv": "csv as_csv in_csv as_a_csv_file csv_file",
    "undelivered": (
        "undelivered undelivered_messages dead_letters failed_messages not_delivered lost_messages"
    ),
    "link": "link connect pair linking connecting",
    "unlink": "unlink disconnect unpair unlinking disconnecting",
    "accounts": (
        "account accounts linked_account linked_accounts my_linked_accounts connected_accounts"
    ),
    "telegram": "telegram",
    "slack": "slack",
    "terminal": "terminal console",
    "undo": (
        "undo revert rollback roll_back take_that_back take_it_back undo_that undo_it "
        "undoing reverse undo_this roll_it_back roll_that_back put_it_back undo_my_last"
    ),
    "chart": ("chart charts graph graphs plot diagram bar_chart line_chart pie_chart histogram"),
    "show": (
        "show list display see view check pull_up print present give_me_an_overview_of "
        "report look_up looking_for look_at showing let_me_see show_me give_me_a "
        "i_want_to_see i'd_like_to_see i_want_to_know i'd_like_to_know i_would_like_to_know "
        "i_need_to_know get_me_a i_want_to_check i_wanted_to_check find find_out"
    ),
    "tell": "tell tell_me remind_me inform",
    "spend": (
        "spend spent spending spends cost costs costing usage burn burned burnt burning "
        "used expenses expense expenditure consumption consumed consume bill bills paid pay "
        "charged outlay charges burns racked_up blown blow using paying pays we_pay "
        "are_we_paying damage spendings use"
    ),
    "balance": (
        "balance balances left remaining available remains remain leftover left_over "
        "unspent free_budget how_are_we_doing where_do_we_stand where_are_we_at "
        "can_i_still_spend can_i_spend can_we_spend can_we_still_spend left_to_spend "
        "can_i_use can_we_use may_i_spend may_we_spend how_much_do_i_have "
        "how_much_do_we_have how_much_have_i_got how_much_have_we_got"
    ),
    "stand": "stand doing status state standing",
    "forecast": (
        "forecast forecasts projection projections project_ed projected predicted "
        "prediction expected expect estimate estimated burn_rate runway outlook trajectory "
        "trend at_this_pace at_this_rate at_current_pace on_pace on_track pace forecasted "
        "predict"
    ),
    "unusual": (
        "anything_unusual anything_strange anything_weird anything_odd anything_abnormal "
        "anything_out_of_the_ordinary something_unusual something_strange unusual "
        "unusual_spend unusual_spending unusual_costs strange_spend strange_spending "
        "anomaly anomalies any_anomalies any_anomaly any_spikes spend_spikes"
    ),
    "runout": (
        "run_out runs_out running_out ran_out run_dry run_out_of running_out_of runs_out_of "
        "out_of_budget out_of_money exhausted exhaust run_short used_up use_up be_empty "
        "run_empty over_budget go_over overspend overspending exceed over_the_limit deplete "
        "depleted blow_through burn_through hit_the_limit hit_its_limit hit_the_cap "
        "reach_the_limit hit_our_limit hit_my_limit reach_its_limit"
    ),
    "makeit": (
        "make_it makes_it last_until last_till be_enough suffice enough lasts be_ok "
        "hold_out get_by"
    ),
    "howlong": "how_long how_many_days how_many_weeks",
    "top": "top biggest highest largest most heaviest greatest expensive priciest costliest",
    "spender": (
        "spender spenders top_spenders consumers big_spenders user_ranking ranking "
        "leaderboard heavy_users top_users biggest_users spendthrifts rank ranked"
    ),
    "request": "request requests approval approvals petition application applications",
    "decide": (
        "to_approve to_decide decide for_approval waiting_for_me need_my_approval "
        "my_approval waiting_on_me waiting_for_us waiting_on_us waiting_for_my_ok"
    ),
    "is": "is are becomes become be as_of was being",
    "now_is": "is_now should_be will_be must_be shall_be",
    "nolonger": (
        "is_no_longer isn't_any_more no_longer is_not_any_more isn't_anymore is_no_more "
        "are_no_longer stops_being should_no_longer_be shouldn't_be"
    ),
    "demote": "demote demoting downgrade",
    "warn": (
        "warn alert notify ping warn_me alert_me notify_me tell_me_when tell_us_when "
        "warning_at warn_us alert_us notify_us warning_me let_me_know_when let_us_know_when "
        "ping_me ping_us let_me_know send_an_alert send_me_an_alert send_a_warning "
        "send_us_an_alert send_alerts"
    ),
    "threshold": (
        "threshold thresholds warnings warning alerts alert_level alert_levels "
        "warning_levels warning_level alerting notifications alert_thresholds "
        "alert_threshold warning_thresholds warning_threshold notification_levels"
    ),
    "reach": (
        "when_it_reaches reaches hits gets_to crosses passes reach hit exceeds goes_over "
        "is_at has_used uses goes_above"
    ),
    "help": (
        "help commands command_list what_can_you_do what_do_you_do what_can_i_do "
        "what_can_i_ask what_can_i_say capabilities what_can_i_ask_you help_me_out "
        "instructions_please manual what_are_you_able_to_do what_do_you_know "
        "what_are_your_commands what_are_my_options how_do_you_work how_does_this_work "
        "how_do_i_use_you how_does_this_bot_work options what_else_can_you_do "
        "what_can_this_bot_do what_can_bursar_do who_are_you what_are_you how_can_you_help "
        "what_can_you_help how_do_i_use_this what_actions what_features menu "
        "how_do_i_use_bursar getting_started what_actions_are_there available_actions "
        "what_actions_are_available i_need_help need_help help_me"
    ),
    "how": (
        "how how_to how_do_i how_can_i how_could_i how_would_i how_do_we how_can_we "
        "how_should_i how_does_one ways_to way_to steps_to procedure what_happens_if "
        "what_happens_when what_if what_would_happen_if what_happens what_about_if "
        "is_it_possible can_i can_we could_i could_we am_i_allowed are_we_allowed may_i "
        "may_we is_there_a_way do_you_support do_you_know explain_how teach_me "
        "walk_me_through tell_me_how show_me_how what_do_i_need"
    ),
    "howmuch": "how_much how_many what_amount how_little what's_the_amount",
    "what": (
        "what what's whats which what're anything something any what_is what_are anyone "
        "anybody any_of_us"
    ),
    "why": (
        "why how_come for_what_reason what's_the_reason what_was_the_reason explain "
        "explain_why reason_for the_reason what_caused whats_the_reason why's why'd"
    ),
    "because": (
        "because cause cuz due_to owing_to as_we since_we since so_that so_we_can so_we in_order"
    ),
    "when": "when when's whens by_when what_day what_date on_what_date",
    "where": "where where's wheres",
    "who": "who whose who's whos whom",
    "aux": (
        "do does did is_there are_there am has have had should shall may might must can "
        "could having doesn't didn't won't can't has_been have_i have_we did_i did_we "
        "did_you are_you is_it was_it were have_you"
    ),
    "if": ("if unless whether in_case suppose supposing imagine assuming provided hypothetically"),
    "not": (
        "not never don't dont do_not no without nobody nothing avoid none cannot wont "
        "shouldn't never_mind nevermind"
    ),
    "refused": (
        "refused rejected denied declined blocked failed stopped turned_down bounced "
        "not_approved not_allowed error fail failing refusal rejection wasn't_approved "
        "not_work cancelled canceled"
    ),
    "binds": (
        "binds bind applies apply blocks block stops stopping blocking binding holding_back "
        "constrains in_force bites limiting_me stopping_me stopping_us blocking_me"
    ),
    "to": "to into onto over_to towards toward",
    "from": "from out_of off off_of",
    "of": "of",
    "for": "for in_favor_of on_behalf_of",
    "in": "in on inside within at",
    "under": "under below beneath underneath as_part_of",
    "by": "by per",
    "each": (
        "each every broken_down breakdown split itemized itemised grouped details detailed "
        "detail break_it_down break_down break_this_down breaking_down"
    ),
    "with": "with",
    "as": "as like",
    "and": "and plus as_well_as & together_with",
    "but": "but though however",
    "it": (
        "it this_one that_one this_wallet that_wallet them this that this_team this_project its"
    ),
    "me": "me us myself ourselves for_me for_us to_me to_us",
    "my": "my our mine ours",
    "i": "i we i've we've i'm we're",
    "you": "you your u",
    "all": "all everything half the_rest rest all_of all_of_it everything_in entire both",
    "unlimited": "unlimited infinite no_limit infinity",
    "company": (
        "company overall organisation organization whole_company across_all altogether "
        "company-wide companywide across_the_board entire_company in_total"
    ),
    "last": "last latest previous most_recent recent",
    "change": "changes action actions thing step operation",
    "model": "model models llm llms ai_models ai_model",
    "Vday": "daily a_day per_day each_day every_day /day day_by_day by_day per_diem",
    "Vweek": "weekly a_week per_week each_week every_week week_by_week by_week",
    "Vmonth": (
        "monthly a_month per_month each_month every_month month_by_month by_month month_on_month"
    ),
    "Vtotal": "lifetime all-time all_time forever_total total overall_total",
    "day": "day days",
    "month": "month months",
    "week": "week weeks",
    "mayspend": (
        "can_spend may_spend gets get_s is_allowed_to_spend is_allowed should_get to_spend "
        "is_limited_to limited_to receives should_have shall_have may_use can_use"
    ),
    "let": "let permit",
    "Kowner": "owner owners",
    "Kadmin": "admin admins administrator administrators",
    "Kfinance": "finance financial finance_person finance_manager",
    "Klead": "lead leader team_lead manager team_leader leads head boss tech_lead",
    "Kmember": "member plain_member regular_member",
    "Kviewer": "viewer read-only read_only observer viewers guest",
    "past": (
        "approved raised moved closed added removed created renamed asked requested "
        "increased transferred gave given took shared shifted granted lowered reduced "
        "changed undid undone archived deleted invited promoted demoted withdrew withdrawn "
        "accepted asked_for told_me_to bumped boosted allocated assigned sent made"
    ),
    "temp": "temporary temporarily short-term provisionally",
    "double": "double triple halve duplicate",
    "will": "will gonna_have would",
    "notlet": "don't_let do_not_let dont_let never_let",
    "now": "now as_of_now",
    "anymore": "anymore any_more any_longer",
    "isnot": "isn't is_not aren't is_not_the",
    "remove limit": "uncap unlimit",
    "give me": "gimme",
    "raise my": "top_me_up bump_me_up raise_me",
}
