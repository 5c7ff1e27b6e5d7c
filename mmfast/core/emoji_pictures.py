"""The pictures of the standard emojis, which clients keep by code points, as emoji-datasource 16 (MIT) has them.

Which names there are, and which of them come in skin tones, is `core.system_emojis`.
"""

import re
from typing import Final

_TABLE: Final = """
    1f600:grinning 1f603:smiley 1f604:smile 1f601:grin 1f606:laughing,satisfied 1f605:sweat_smile
    1f923:rolling_on_the_floor_laughing 1f602:joy 1f642:slightly_smiling_face 1f643:upside_down_face
    1fae0:melting_face 1f609:wink 1f60a:blush 1f607:innocent 1f970:smiling_face_with_3_hearts 1f60d:heart_eyes
    1f929:star-struck,grinning_face_with_star_eyes 1f618:kissing_heart 1f617:kissing 263a-fe0f:relaxed
    1f61a:kissing_closed_eyes 1f619:kissing_smiling_eyes 1f972:smiling_face_with_tear 1f60b:yum
    1f61b:stuck_out_tongue 1f61c:stuck_out_tongue_winking_eye
    1f92a:zany_face,grinning_face_with_one_large_and_one_small_eye 1f61d:stuck_out_tongue_closed_eyes
    1f911:money_mouth_face 1f917:hugging_face
    1f92d:face_with_hand_over_mouth,smiling_face_with_smiling_eyes_and_hand_covering_mouth
    1fae2:face_with_open_eyes_and_hand_over_mouth 1fae3:face_with_peeking_eye
    1f92b:shushing_face,face_with_finger_covering_closed_lips 1f914:thinking_face 1fae1:saluting_face
    1f910:zipper_mouth_face 1f928:face_with_raised_eyebrow,face_with_one_eyebrow_raised 1f610:neutral_face
    1f611:expressionless 1f636:no_mouth 1fae5:dotted_line_face 1f636-200d-1f32b-fe0f:face_in_clouds 1f60f:smirk
    1f612:unamused 1f644:face_with_rolling_eyes 1f62c:grimacing 1f62e-200d-1f4a8:face_exhaling 1f925:lying_face
    1fae8:shaking_face 1f642-200d-2194-fe0f:head_shaking_horizontally 1f642-200d-2195-fe0f:head_shaking_vertically
    1f60c:relieved 1f614:pensive 1f62a:sleepy 1f924:drooling_face 1f634:sleeping 1fae9:face_with_bags_under_eyes
    1f637:mask 1f912:face_with_thermometer 1f915:face_with_head_bandage 1f922:nauseated_face
    1f92e:face_vomiting,face_with_open_mouth_vomiting 1f927:sneezing_face 1f975:hot_face 1f976:cold_face
    1f974:woozy_face 1f635:dizzy_face 1f635-200d-1f4ab:face_with_spiral_eyes
    1f92f:exploding_head,shocked_face_with_exploding_head 1f920:face_with_cowboy_hat 1f973:partying_face
    1f978:disguised_face 1f60e:sunglasses 1f913:nerd_face 1f9d0:face_with_monocle 1f615:confused
    1fae4:face_with_diagonal_mouth 1f61f:worried 1f641:slightly_frowning_face 2639-fe0f:white_frowning_face
    1f62e:open_mouth 1f62f:hushed 1f632:astonished 1f633:flushed 1f97a:pleading_face 1f979:face_holding_back_tears
    1f626:frowning 1f627:anguished 1f628:fearful 1f630:cold_sweat 1f625:disappointed_relieved 1f622:cry 1f62d:sob
    1f631:scream 1f616:confounded 1f623:persevere 1f61e:disappointed 1f613:sweat 1f629:weary 1f62b:tired_face
    1f971:yawning_face 1f624:triumph 1f621:rage 1f620:angry
    1f92c:face_with_symbols_on_mouth,serious_face_with_symbols_covering_mouth 1f608:smiling_imp 1f47f:imp
    1f480:skull 2620-fe0f:skull_and_crossbones 1f4a9:hankey,poop,shit 1f921:clown_face 1f479:japanese_ogre
    1f47a:japanese_goblin 1f47b:ghost 1f47d:alien 1f47e:space_invader 1f916:robot_face 1f63a:smiley_cat
    1f638:smile_cat 1f639:joy_cat 1f63b:heart_eyes_cat 1f63c:smirk_cat 1f63d:kissing_cat 1f640:scream_cat
    1f63f:crying_cat_face 1f63e:pouting_cat 1f648:see_no_evil 1f649:hear_no_evil 1f64a:speak_no_evil
    1f48c:love_letter 1f498:cupid 1f49d:gift_heart 1f496:sparkling_heart 1f497:heartpulse 1f493:heartbeat
    1f49e:revolving_hearts 1f495:two_hearts 1f49f:heart_decoration 2763-fe0f:heavy_heart_exclamation_mark_ornament
    1f494:broken_heart 2764-fe0f-200d-1f525:heart_on_fire 2764-fe0f-200d-1fa79:mending_heart 2764-fe0f:heart
    1fa77:pink_heart 1f9e1:orange_heart 1f49b:yellow_heart 1f49a:green_heart 1f499:blue_heart 1fa75:light_blue_heart
    1f49c:purple_heart 1f90e:brown_heart 1f5a4:black_heart 1fa76:grey_heart 1f90d:white_heart 1f48b:kiss 1f4af:100
    1f4a2:anger 1f4a5:boom,collision 1f4ab:dizzy 1f4a6:sweat_drops 1f4a8:dash 1f573-fe0f:hole 1f4ac:speech_balloon
    1f441-fe0f-200d-1f5e8-fe0f:eye-in-speech-bubble 1f5e8-fe0f:left_speech_bubble 1f5ef-fe0f:right_anger_bubble
    1f4ad:thought_balloon 1f4a4:zzz 1f44b:wave 1f91a:raised_back_of_hand 1f590-fe0f:raised_hand_with_fingers_splayed
    270b:hand,raised_hand 1f596:spock-hand 1faf1:rightwards_hand 1faf2:leftwards_hand 1faf3:palm_down_hand
    1faf4:palm_up_hand 1faf7:leftwards_pushing_hand 1faf8:rightwards_pushing_hand 1f44c:ok_hand
    1f90c:pinched_fingers 1f90f:pinching_hand 270c-fe0f:v
    1f91e:crossed_fingers,hand_with_index_and_middle_fingers_crossed 1faf0:hand_with_index_finger_and_thumb_crossed
    1f91f:i_love_you_hand_sign 1f918:the_horns,sign_of_the_horns 1f919:call_me_hand 1f448:point_left
    1f449:point_right 1f446:point_up_2 1f595:middle_finger,reversed_hand_with_middle_finger_extended
    1f447:point_down 261d-fe0f:point_up 1faf5:index_pointing_at_the_viewer 1f44d:+1,thumbsup 1f44e:-1,thumbsdown
    270a:fist 1f44a:facepunch,punch 1f91b:left-facing_fist 1f91c:right-facing_fist 1f44f:clap 1f64c:raised_hands
    1faf6:heart_hands 1f450:open_hands 1f932:palms_up_together 1f91d:handshake 1f64f:pray 270d-fe0f:writing_hand
    1f485:nail_care 1f933:selfie 1f4aa:muscle 1f9be:mechanical_arm 1f9bf:mechanical_leg 1f9b5:leg 1f9b6:foot
    1f442:ear 1f9bb:ear_with_hearing_aid 1f443:nose 1f9e0:brain 1fac0:anatomical_heart 1fac1:lungs 1f9b7:tooth
    1f9b4:bone 1f440:eyes 1f441-fe0f:eye 1f445:tongue 1f444:lips 1fae6:biting_lip 1f476:baby 1f9d2:child 1f466:boy
    1f467:girl 1f9d1:adult 1f471:person_with_blond_hair 1f468:man 1f9d4:bearded_person
    1f9d4-200d-2642-fe0f:man_with_beard 1f9d4-200d-2640-fe0f:woman_with_beard 1f468-200d-1f9b0:red_haired_man
    1f468-200d-1f9b1:curly_haired_man 1f468-200d-1f9b3:white_haired_man 1f468-200d-1f9b2:bald_man 1f469:woman
    1f469-200d-1f9b0:red_haired_woman 1f9d1-200d-1f9b0:red_haired_person 1f469-200d-1f9b1:curly_haired_woman
    1f9d1-200d-1f9b1:curly_haired_person 1f469-200d-1f9b3:white_haired_woman 1f9d1-200d-1f9b3:white_haired_person
    1f469-200d-1f9b2:bald_woman 1f9d1-200d-1f9b2:bald_person 1f471-200d-2640-fe0f:blond-haired-woman
    1f471-200d-2642-fe0f:blond-haired-man 1f9d3:older_adult 1f474:older_man 1f475:older_woman 1f64d:person_frowning
    1f64d-200d-2642-fe0f:man-frowning 1f64d-200d-2640-fe0f:woman-frowning 1f64e:person_with_pouting_face
    1f64e-200d-2642-fe0f:man-pouting 1f64e-200d-2640-fe0f:woman-pouting 1f645:no_good
    1f645-200d-2642-fe0f:man-gesturing-no 1f645-200d-2640-fe0f:woman-gesturing-no 1f646:ok_woman
    1f646-200d-2642-fe0f:man-gesturing-ok 1f646-200d-2640-fe0f:woman-gesturing-ok 1f481:information_desk_person
    1f481-200d-2642-fe0f:man-tipping-hand 1f481-200d-2640-fe0f:woman-tipping-hand 1f64b:raising_hand
    1f64b-200d-2642-fe0f:man-raising-hand 1f64b-200d-2640-fe0f:woman-raising-hand 1f9cf:deaf_person
    1f9cf-200d-2642-fe0f:deaf_man 1f9cf-200d-2640-fe0f:deaf_woman 1f647:bow 1f647-200d-2642-fe0f:man-bowing
    1f647-200d-2640-fe0f:woman-bowing 1f926:face_palm 1f926-200d-2642-fe0f:man-facepalming
    1f926-200d-2640-fe0f:woman-facepalming 1f937:shrug 1f937-200d-2642-fe0f:man-shrugging
    1f937-200d-2640-fe0f:woman-shrugging 1f9d1-200d-2695-fe0f:health_worker 1f468-200d-2695-fe0f:male-doctor
    1f469-200d-2695-fe0f:female-doctor 1f9d1-200d-1f393:student 1f468-200d-1f393:male-student
    1f469-200d-1f393:female-student 1f9d1-200d-1f3eb:teacher 1f468-200d-1f3eb:male-teacher
    1f469-200d-1f3eb:female-teacher 1f9d1-200d-2696-fe0f:judge 1f468-200d-2696-fe0f:male-judge
    1f469-200d-2696-fe0f:female-judge 1f9d1-200d-1f33e:farmer 1f468-200d-1f33e:male-farmer
    1f469-200d-1f33e:female-farmer 1f9d1-200d-1f373:cook 1f468-200d-1f373:male-cook 1f469-200d-1f373:female-cook
    1f9d1-200d-1f527:mechanic 1f468-200d-1f527:male-mechanic 1f469-200d-1f527:female-mechanic
    1f9d1-200d-1f3ed:factory_worker 1f468-200d-1f3ed:male-factory-worker 1f469-200d-1f3ed:female-factory-worker
    1f9d1-200d-1f4bc:office_worker 1f468-200d-1f4bc:male-office-worker 1f469-200d-1f4bc:female-office-worker
    1f9d1-200d-1f52c:scientist 1f468-200d-1f52c:male-scientist 1f469-200d-1f52c:female-scientist
    1f9d1-200d-1f4bb:technologist 1f468-200d-1f4bb:male-technologist 1f469-200d-1f4bb:female-technologist
    1f9d1-200d-1f3a4:singer 1f468-200d-1f3a4:male-singer 1f469-200d-1f3a4:female-singer 1f9d1-200d-1f3a8:artist
    1f468-200d-1f3a8:male-artist 1f469-200d-1f3a8:female-artist 1f9d1-200d-2708-fe0f:pilot
    1f468-200d-2708-fe0f:male-pilot 1f469-200d-2708-fe0f:female-pilot 1f9d1-200d-1f680:astronaut
    1f468-200d-1f680:male-astronaut 1f469-200d-1f680:female-astronaut 1f9d1-200d-1f692:firefighter
    1f468-200d-1f692:male-firefighter 1f469-200d-1f692:female-firefighter 1f46e:cop
    1f46e-200d-2642-fe0f:male-police-officer 1f46e-200d-2640-fe0f:female-police-officer 1f575-fe0f:sleuth_or_spy
    1f575-fe0f-200d-2642-fe0f:male-detective 1f575-fe0f-200d-2640-fe0f:female-detective 1f482:guardsman
    1f482-200d-2642-fe0f:male-guard 1f482-200d-2640-fe0f:female-guard 1f977:ninja 1f477:construction_worker
    1f477-200d-2642-fe0f:male-construction-worker 1f477-200d-2640-fe0f:female-construction-worker
    1fac5:person_with_crown 1f934:prince 1f478:princess 1f473:man_with_turban
    1f473-200d-2642-fe0f:man-wearing-turban 1f473-200d-2640-fe0f:woman-wearing-turban 1f472:man_with_gua_pi_mao
    1f9d5:person_with_headscarf 1f935:person_in_tuxedo 1f935-200d-2642-fe0f:man_in_tuxedo
    1f935-200d-2640-fe0f:woman_in_tuxedo 1f470:bride_with_veil 1f470-200d-2642-fe0f:man_with_veil
    1f470-200d-2640-fe0f:woman_with_veil 1f930:pregnant_woman 1fac3:pregnant_man 1fac4:pregnant_person
    1f931:breast-feeding 1f469-200d-1f37c:woman_feeding_baby 1f468-200d-1f37c:man_feeding_baby
    1f9d1-200d-1f37c:person_feeding_baby 1f47c:angel 1f385:santa 1f936:mrs_claus,mother_christmas
    1f9d1-200d-1f384:mx_claus 1f9b8:superhero 1f9b8-200d-2642-fe0f:male_superhero
    1f9b8-200d-2640-fe0f:female_superhero 1f9b9:supervillain 1f9b9-200d-2642-fe0f:male_supervillain
    1f9b9-200d-2640-fe0f:female_supervillain 1f9d9:mage 1f9d9-200d-2642-fe0f:male_mage
    1f9d9-200d-2640-fe0f:female_mage 1f9da:fairy 1f9da-200d-2642-fe0f:male_fairy 1f9da-200d-2640-fe0f:female_fairy
    1f9db:vampire 1f9db-200d-2642-fe0f:male_vampire 1f9db-200d-2640-fe0f:female_vampire 1f9dc:merperson
    1f9dc-200d-2642-fe0f:merman 1f9dc-200d-2640-fe0f:mermaid 1f9dd:elf 1f9dd-200d-2642-fe0f:male_elf
    1f9dd-200d-2640-fe0f:female_elf 1f9de:genie 1f9de-200d-2642-fe0f:male_genie 1f9de-200d-2640-fe0f:female_genie
    1f9df:zombie 1f9df-200d-2642-fe0f:male_zombie 1f9df-200d-2640-fe0f:female_zombie 1f9cc:troll 1f486:massage
    1f486-200d-2642-fe0f:man-getting-massage 1f486-200d-2640-fe0f:woman-getting-massage 1f487:haircut
    1f487-200d-2642-fe0f:man-getting-haircut 1f487-200d-2640-fe0f:woman-getting-haircut 1f6b6:walking
    1f6b6-200d-2642-fe0f:man-walking 1f6b6-200d-2640-fe0f:woman-walking
    1f6b6-200d-27a1-fe0f:person_walking_facing_right 1f6b6-200d-2640-fe0f-200d-27a1-fe0f:woman_walking_facing_right
    1f6b6-200d-2642-fe0f-200d-27a1-fe0f:man_walking_facing_right 1f9cd:standing_person
    1f9cd-200d-2642-fe0f:man_standing 1f9cd-200d-2640-fe0f:woman_standing 1f9ce:kneeling_person
    1f9ce-200d-2642-fe0f:man_kneeling 1f9ce-200d-2640-fe0f:woman_kneeling
    1f9ce-200d-27a1-fe0f:person_kneeling_facing_right
    1f9ce-200d-2640-fe0f-200d-27a1-fe0f:woman_kneeling_facing_right
    1f9ce-200d-2642-fe0f-200d-27a1-fe0f:man_kneeling_facing_right 1f9d1-200d-1f9af:person_with_probing_cane
    1f9d1-200d-1f9af-200d-27a1-fe0f:person_with_white_cane_facing_right 1f468-200d-1f9af:man_with_probing_cane
    1f468-200d-1f9af-200d-27a1-fe0f:man_with_white_cane_facing_right 1f469-200d-1f9af:woman_with_probing_cane
    1f469-200d-1f9af-200d-27a1-fe0f:woman_with_white_cane_facing_right
    1f9d1-200d-1f9bc:person_in_motorized_wheelchair
    1f9d1-200d-1f9bc-200d-27a1-fe0f:person_in_motorized_wheelchair_facing_right
    1f468-200d-1f9bc:man_in_motorized_wheelchair
    1f468-200d-1f9bc-200d-27a1-fe0f:man_in_motorized_wheelchair_facing_right
    1f469-200d-1f9bc:woman_in_motorized_wheelchair
    1f469-200d-1f9bc-200d-27a1-fe0f:woman_in_motorized_wheelchair_facing_right
    1f9d1-200d-1f9bd:person_in_manual_wheelchair
    1f9d1-200d-1f9bd-200d-27a1-fe0f:person_in_manual_wheelchair_facing_right
    1f468-200d-1f9bd:man_in_manual_wheelchair 1f468-200d-1f9bd-200d-27a1-fe0f:man_in_manual_wheelchair_facing_right
    1f469-200d-1f9bd:woman_in_manual_wheelchair
    1f469-200d-1f9bd-200d-27a1-fe0f:woman_in_manual_wheelchair_facing_right 1f3c3:runner,running
    1f3c3-200d-2642-fe0f:man-running 1f3c3-200d-2640-fe0f:woman-running
    1f3c3-200d-27a1-fe0f:person_running_facing_right 1f3c3-200d-2640-fe0f-200d-27a1-fe0f:woman_running_facing_right
    1f3c3-200d-2642-fe0f-200d-27a1-fe0f:man_running_facing_right 1f483:dancer 1f57a:man_dancing
    1f574-fe0f:man_in_business_suit_levitating 1f46f:dancers
    1f46f-200d-2642-fe0f:men-with-bunny-ears-partying,man-with-bunny-ears-partying
    1f46f-200d-2640-fe0f:women-with-bunny-ears-partying,woman-with-bunny-ears-partying 1f9d6:person_in_steamy_room
    1f9d6-200d-2642-fe0f:man_in_steamy_room 1f9d6-200d-2640-fe0f:woman_in_steamy_room 1f9d7:person_climbing
    1f9d7-200d-2642-fe0f:man_climbing 1f9d7-200d-2640-fe0f:woman_climbing 1f93a:fencer 1f3c7:horse_racing
    26f7-fe0f:skier 1f3c2:snowboarder 1f3cc-fe0f:golfer 1f3cc-fe0f-200d-2642-fe0f:man-golfing
    1f3cc-fe0f-200d-2640-fe0f:woman-golfing 1f3c4:surfer 1f3c4-200d-2642-fe0f:man-surfing
    1f3c4-200d-2640-fe0f:woman-surfing 1f6a3:rowboat 1f6a3-200d-2642-fe0f:man-rowing-boat
    1f6a3-200d-2640-fe0f:woman-rowing-boat 1f3ca:swimmer 1f3ca-200d-2642-fe0f:man-swimming
    1f3ca-200d-2640-fe0f:woman-swimming 26f9-fe0f:person_with_ball 26f9-fe0f-200d-2642-fe0f:man-bouncing-ball
    26f9-fe0f-200d-2640-fe0f:woman-bouncing-ball 1f3cb-fe0f:weight_lifter
    1f3cb-fe0f-200d-2642-fe0f:man-lifting-weights 1f3cb-fe0f-200d-2640-fe0f:woman-lifting-weights 1f6b4:bicyclist
    1f6b4-200d-2642-fe0f:man-biking 1f6b4-200d-2640-fe0f:woman-biking 1f6b5:mountain_bicyclist
    1f6b5-200d-2642-fe0f:man-mountain-biking 1f6b5-200d-2640-fe0f:woman-mountain-biking 1f938:person_doing_cartwheel
    1f938-200d-2642-fe0f:man-cartwheeling 1f938-200d-2640-fe0f:woman-cartwheeling 1f93c:wrestlers
    1f93c-200d-2642-fe0f:man-wrestling 1f93c-200d-2640-fe0f:woman-wrestling 1f93d:water_polo
    1f93d-200d-2642-fe0f:man-playing-water-polo 1f93d-200d-2640-fe0f:woman-playing-water-polo 1f93e:handball
    1f93e-200d-2642-fe0f:man-playing-handball 1f93e-200d-2640-fe0f:woman-playing-handball 1f939:juggling
    1f939-200d-2642-fe0f:man-juggling 1f939-200d-2640-fe0f:woman-juggling 1f9d8:person_in_lotus_position
    1f9d8-200d-2642-fe0f:man_in_lotus_position 1f9d8-200d-2640-fe0f:woman_in_lotus_position 1f6c0:bath
    1f6cc:sleeping_accommodation 1f9d1-200d-1f91d-200d-1f9d1:people_holding_hands
    1f46d:two_women_holding_hands,women_holding_hands
    1f46b:man_and_woman_holding_hands,woman_and_man_holding_hands,couple
    1f46c:two_men_holding_hands,men_holding_hands 1f48f:couplekiss
    1f469-200d-2764-fe0f-200d-1f48b-200d-1f468:woman-kiss-man
    1f468-200d-2764-fe0f-200d-1f48b-200d-1f468:man-kiss-man
    1f469-200d-2764-fe0f-200d-1f48b-200d-1f469:woman-kiss-woman 1f491:couple_with_heart
    1f469-200d-2764-fe0f-200d-1f468:woman-heart-man 1f468-200d-2764-fe0f-200d-1f468:man-heart-man
    1f469-200d-2764-fe0f-200d-1f469:woman-heart-woman 1f468-200d-1f469-200d-1f466:man-woman-boy
    1f468-200d-1f469-200d-1f467:man-woman-girl 1f468-200d-1f469-200d-1f467-200d-1f466:man-woman-girl-boy
    1f468-200d-1f469-200d-1f466-200d-1f466:man-woman-boy-boy
    1f468-200d-1f469-200d-1f467-200d-1f467:man-woman-girl-girl 1f468-200d-1f468-200d-1f466:man-man-boy
    1f468-200d-1f468-200d-1f467:man-man-girl 1f468-200d-1f468-200d-1f467-200d-1f466:man-man-girl-boy
    1f468-200d-1f468-200d-1f466-200d-1f466:man-man-boy-boy 1f468-200d-1f468-200d-1f467-200d-1f467:man-man-girl-girl
    1f469-200d-1f469-200d-1f466:woman-woman-boy 1f469-200d-1f469-200d-1f467:woman-woman-girl
    1f469-200d-1f469-200d-1f467-200d-1f466:woman-woman-girl-boy
    1f469-200d-1f469-200d-1f466-200d-1f466:woman-woman-boy-boy
    1f469-200d-1f469-200d-1f467-200d-1f467:woman-woman-girl-girl 1f468-200d-1f466:man-boy
    1f468-200d-1f466-200d-1f466:man-boy-boy 1f468-200d-1f467:man-girl 1f468-200d-1f467-200d-1f466:man-girl-boy
    1f468-200d-1f467-200d-1f467:man-girl-girl 1f469-200d-1f466:woman-boy 1f469-200d-1f466-200d-1f466:woman-boy-boy
    1f469-200d-1f467:woman-girl 1f469-200d-1f467-200d-1f466:woman-girl-boy
    1f469-200d-1f467-200d-1f467:woman-girl-girl 1f5e3-fe0f:speaking_head_in_silhouette 1f464:bust_in_silhouette
    1f465:busts_in_silhouette 1fac2:people_hugging 1f46a:family 1f9d1-200d-1f9d1-200d-1f9d2:family_adult_adult_child
    1f9d1-200d-1f9d1-200d-1f9d2-200d-1f9d2:family_adult_adult_child_child 1f9d1-200d-1f9d2:family_adult_child
    1f9d1-200d-1f9d2-200d-1f9d2:family_adult_child_child 1f463:footprints 1fac6:fingerprint 1f3fb:skin-tone-2
    1f3fc:skin-tone-3 1f3fd:skin-tone-4 1f3fe:skin-tone-5 1f3ff:skin-tone-6 1f435:monkey_face 1f412:monkey
    1f98d:gorilla 1f9a7:orangutan 1f436:dog 1f415:dog2 1f9ae:guide_dog 1f415-200d-1f9ba:service_dog 1f429:poodle
    1f43a:wolf 1f98a:fox_face 1f99d:raccoon 1f431:cat 1f408:cat2 1f408-200d-2b1b:black_cat 1f981:lion_face
    1f42f:tiger 1f405:tiger2 1f406:leopard 1f434:horse 1face:moose 1facf:donkey 1f40e:racehorse 1f984:unicorn_face
    1f993:zebra_face 1f98c:deer 1f9ac:bison 1f42e:cow 1f402:ox 1f403:water_buffalo 1f404:cow2 1f437:pig 1f416:pig2
    1f417:boar 1f43d:pig_nose 1f40f:ram 1f411:sheep 1f410:goat 1f42a:dromedary_camel 1f42b:camel 1f999:llama
    1f992:giraffe_face 1f418:elephant 1f9a3:mammoth 1f98f:rhinoceros 1f99b:hippopotamus 1f42d:mouse 1f401:mouse2
    1f400:rat 1f439:hamster 1f430:rabbit 1f407:rabbit2 1f43f-fe0f:chipmunk 1f9ab:beaver 1f994:hedgehog 1f987:bat
    1f43b:bear 1f43b-200d-2744-fe0f:polar_bear 1f428:koala 1f43c:panda_face 1f9a5:sloth 1f9a6:otter 1f9a8:skunk
    1f998:kangaroo 1f9a1:badger 1f43e:feet,paw_prints 1f983:turkey 1f414:chicken 1f413:rooster 1f423:hatching_chick
    1f424:baby_chick 1f425:hatched_chick 1f426:bird 1f427:penguin 1f54a-fe0f:dove_of_peace 1f985:eagle 1f986:duck
    1f9a2:swan 1f989:owl 1f9a4:dodo 1fab6:feather 1f9a9:flamingo 1f99a:peacock 1f99c:parrot 1fabd:wing
    1f426-200d-2b1b:black_bird 1fabf:goose 1f426-200d-1f525:phoenix 1f438:frog 1f40a:crocodile 1f422:turtle
    1f98e:lizard 1f40d:snake 1f432:dragon_face 1f409:dragon 1f995:sauropod 1f996:t-rex 1f433:whale 1f40b:whale2
    1f42c:dolphin,flipper 1f9ad:seal 1f41f:fish 1f420:tropical_fish 1f421:blowfish 1f988:shark 1f419:octopus
    1f41a:shell 1fab8:coral 1fabc:jellyfish 1f980:crab 1f99e:lobster 1f990:shrimp 1f991:squid 1f9aa:oyster
    1f40c:snail 1f98b:butterfly 1f41b:bug 1f41c:ant 1f41d:bee,honeybee 1fab2:beetle 1f41e:ladybug,lady_beetle
    1f997:cricket 1fab3:cockroach 1f577-fe0f:spider 1f578-fe0f:spider_web 1f982:scorpion 1f99f:mosquito 1fab0:fly
    1fab1:worm 1f9a0:microbe 1f490:bouquet 1f338:cherry_blossom 1f4ae:white_flower 1fab7:lotus 1f3f5-fe0f:rosette
    1f339:rose 1f940:wilted_flower 1f33a:hibiscus 1f33b:sunflower 1f33c:blossom 1f337:tulip 1fabb:hyacinth
    1f331:seedling 1fab4:potted_plant 1f332:evergreen_tree 1f333:deciduous_tree 1f334:palm_tree 1f335:cactus
    1f33e:ear_of_rice 1f33f:herb 2618-fe0f:shamrock 1f340:four_leaf_clover 1f341:maple_leaf 1f342:fallen_leaf
    1f343:leaves 1fab9:empty_nest 1faba:nest_with_eggs 1f344:mushroom 1fabe:leafless_tree 1f347:grapes 1f348:melon
    1f349:watermelon 1f34a:tangerine 1f34b:lemon 1f34b-200d-1f7e9:lime 1f34c:banana 1f34d:pineapple 1f96d:mango
    1f34e:apple 1f34f:green_apple 1f350:pear 1f351:peach 1f352:cherries 1f353:strawberry 1fad0:blueberries
    1f95d:kiwifruit 1f345:tomato 1fad2:olive 1f965:coconut 1f951:avocado 1f346:eggplant 1f954:potato 1f955:carrot
    1f33d:corn 1f336-fe0f:hot_pepper 1fad1:bell_pepper 1f952:cucumber 1f96c:leafy_green 1f966:broccoli 1f9c4:garlic
    1f9c5:onion 1f95c:peanuts 1fad8:beans 1f330:chestnut 1fada:ginger_root 1fadb:pea_pod
    1f344-200d-1f7eb:brown_mushroom 1fadc:root_vegetable 1f35e:bread 1f950:croissant 1f956:baguette_bread
    1fad3:flatbread 1f968:pretzel 1f96f:bagel 1f95e:pancakes 1f9c7:waffle 1f9c0:cheese_wedge 1f356:meat_on_bone
    1f357:poultry_leg 1f969:cut_of_meat 1f953:bacon 1f354:hamburger 1f35f:fries 1f355:pizza 1f32d:hotdog
    1f96a:sandwich 1f32e:taco 1f32f:burrito 1fad4:tamale 1f959:stuffed_flatbread 1f9c6:falafel 1f95a:egg
    1f373:fried_egg,cooking 1f958:shallow_pan_of_food 1f372:stew 1fad5:fondue 1f963:bowl_with_spoon
    1f957:green_salad 1f37f:popcorn 1f9c8:butter 1f9c2:salt 1f96b:canned_food 1f371:bento 1f358:rice_cracker
    1f359:rice_ball 1f35a:rice 1f35b:curry 1f35c:ramen 1f35d:spaghetti 1f360:sweet_potato 1f362:oden 1f363:sushi
    1f364:fried_shrimp 1f365:fish_cake 1f96e:moon_cake 1f361:dango 1f95f:dumpling 1f960:fortune_cookie
    1f961:takeout_box 1f366:icecream 1f367:shaved_ice 1f368:ice_cream 1f369:doughnut 1f36a:cookie 1f382:birthday
    1f370:cake 1f9c1:cupcake 1f967:pie 1f36b:chocolate_bar 1f36c:candy 1f36d:lollipop 1f36e:custard 1f36f:honey_pot
    1f37c:baby_bottle 1f95b:glass_of_milk 2615:coffee 1fad6:teapot 1f375:tea 1f376:sake 1f37e:champagne
    1f377:wine_glass 1f378:cocktail 1f379:tropical_drink 1f37a:beer 1f37b:beers 1f942:clinking_glasses
    1f943:tumbler_glass 1fad7:pouring_liquid 1f964:cup_with_straw 1f9cb:bubble_tea 1f9c3:beverage_box
    1f9c9:mate_drink 1f9ca:ice_cube 1f962:chopsticks 1f37d-fe0f:knife_fork_plate 1f374:fork_and_knife 1f944:spoon
    1f52a:hocho,knife 1fad9:jar 1f3fa:amphora 1f30d:earth_africa 1f30e:earth_americas 1f30f:earth_asia
    1f310:globe_with_meridians 1f5fa-fe0f:world_map 1f5fe:japan 1f9ed:compass 1f3d4-fe0f:snow_capped_mountain
    26f0-fe0f:mountain 1f30b:volcano 1f5fb:mount_fuji 1f3d5-fe0f:camping 1f3d6-fe0f:beach_with_umbrella
    1f3dc-fe0f:desert 1f3dd-fe0f:desert_island 1f3de-fe0f:national_park 1f3df-fe0f:stadium
    1f3db-fe0f:classical_building 1f3d7-fe0f:building_construction 1f9f1:bricks 1faa8:rock 1fab5:wood 1f6d6:hut
    1f3d8-fe0f:house_buildings 1f3da-fe0f:derelict_house_building 1f3e0:house 1f3e1:house_with_garden 1f3e2:office
    1f3e3:post_office 1f3e4:european_post_office 1f3e5:hospital 1f3e6:bank 1f3e8:hotel 1f3e9:love_hotel
    1f3ea:convenience_store 1f3eb:school 1f3ec:department_store 1f3ed:factory 1f3ef:japanese_castle
    1f3f0:european_castle 1f492:wedding 1f5fc:tokyo_tower 1f5fd:statue_of_liberty 26ea:church 1f54c:mosque
    1f6d5:hindu_temple 1f54d:synagogue 26e9-fe0f:shinto_shrine 1f54b:kaaba 26f2:fountain 26fa:tent 1f301:foggy
    1f303:night_with_stars 1f3d9-fe0f:cityscape 1f304:sunrise_over_mountains 1f305:sunrise 1f306:city_sunset
    1f307:city_sunrise 1f309:bridge_at_night 2668-fe0f:hotsprings 1f3a0:carousel_horse 1f6dd:playground_slide
    1f3a1:ferris_wheel 1f3a2:roller_coaster 1f488:barber 1f3aa:circus_tent 1f682:steam_locomotive 1f683:railway_car
    1f684:bullettrain_side 1f685:bullettrain_front 1f686:train2 1f687:metro 1f688:light_rail 1f689:station
    1f68a:tram 1f69d:monorail 1f69e:mountain_railway 1f68b:train 1f68c:bus 1f68d:oncoming_bus 1f68e:trolleybus
    1f690:minibus 1f691:ambulance 1f692:fire_engine 1f693:police_car 1f694:oncoming_police_car 1f695:taxi
    1f696:oncoming_taxi 1f697:car,red_car 1f698:oncoming_automobile 1f699:blue_car 1f6fb:pickup_truck 1f69a:truck
    1f69b:articulated_lorry 1f69c:tractor 1f3ce-fe0f:racing_car 1f3cd-fe0f:racing_motorcycle 1f6f5:motor_scooter
    1f9bd:manual_wheelchair 1f9bc:motorized_wheelchair 1f6fa:auto_rickshaw 1f6b2:bike 1f6f4:scooter 1f6f9:skateboard
    1f6fc:roller_skate 1f68f:busstop 1f6e3-fe0f:motorway 1f6e4-fe0f:railway_track 1f6e2-fe0f:oil_drum 26fd:fuelpump
    1f6de:wheel 1f6a8:rotating_light 1f6a5:traffic_light 1f6a6:vertical_traffic_light 1f6d1:octagonal_sign
    1f6a7:construction 2693:anchor 1f6df:ring_buoy 26f5:boat,sailboat 1f6f6:canoe 1f6a4:speedboat
    1f6f3-fe0f:passenger_ship 26f4-fe0f:ferry 1f6e5-fe0f:motor_boat 1f6a2:ship 2708-fe0f:airplane
    1f6e9-fe0f:small_airplane 1f6eb:airplane_departure 1f6ec:airplane_arriving 1fa82:parachute 1f4ba:seat
    1f681:helicopter 1f69f:suspension_railway 1f6a0:mountain_cableway 1f6a1:aerial_tramway 1f6f0-fe0f:satellite
    1f680:rocket 1f6f8:flying_saucer 1f6ce-fe0f:bellhop_bell 1f9f3:luggage 231b:hourglass
    23f3:hourglass_flowing_sand 231a:watch 23f0:alarm_clock 23f1-fe0f:stopwatch 23f2-fe0f:timer_clock
    1f570-fe0f:mantelpiece_clock 1f55b:clock12 1f567:clock1230 1f550:clock1 1f55c:clock130 1f551:clock2
    1f55d:clock230 1f552:clock3 1f55e:clock330 1f553:clock4 1f55f:clock430 1f554:clock5 1f560:clock530 1f555:clock6
    1f561:clock630 1f556:clock7 1f562:clock730 1f557:clock8 1f563:clock830 1f558:clock9 1f564:clock930 1f559:clock10
    1f565:clock1030 1f55a:clock11 1f566:clock1130 1f311:new_moon 1f312:waxing_crescent_moon 1f313:first_quarter_moon
    1f314:moon,waxing_gibbous_moon 1f315:full_moon 1f316:waning_gibbous_moon 1f317:last_quarter_moon
    1f318:waning_crescent_moon 1f319:crescent_moon 1f31a:new_moon_with_face 1f31b:first_quarter_moon_with_face
    1f31c:last_quarter_moon_with_face 1f321-fe0f:thermometer 2600-fe0f:sunny 1f31d:full_moon_with_face
    1f31e:sun_with_face 1fa90:ringed_planet 2b50:star 1f31f:star2 1f320:stars 1f30c:milky_way 2601-fe0f:cloud
    26c5:partly_sunny 26c8-fe0f:thunder_cloud_and_rain 1f324-fe0f:mostly_sunny,sun_small_cloud
    1f325-fe0f:barely_sunny,sun_behind_cloud 1f326-fe0f:partly_sunny_rain,sun_behind_rain_cloud
    1f327-fe0f:rain_cloud 1f328-fe0f:snow_cloud 1f329-fe0f:lightning,lightning_cloud
    1f32a-fe0f:tornado,tornado_cloud 1f32b-fe0f:fog 1f32c-fe0f:wind_blowing_face 1f300:cyclone 1f308:rainbow
    1f302:closed_umbrella 2602-fe0f:umbrella 2614:umbrella_with_rain_drops 26f1-fe0f:umbrella_on_ground 26a1:zap
    2744-fe0f:snowflake 2603-fe0f:snowman 26c4:snowman_without_snow 2604-fe0f:comet 1f525:fire 1f4a7:droplet
    1f30a:ocean 1f383:jack_o_lantern 1f384:christmas_tree 1f386:fireworks 1f387:sparkler 1f9e8:firecracker
    2728:sparkles 1f388:balloon 1f389:tada 1f38a:confetti_ball 1f38b:tanabata_tree 1f38d:bamboo 1f38e:dolls
    1f38f:flags 1f390:wind_chime 1f391:rice_scene 1f9e7:red_envelope 1f380:ribbon 1f381:gift
    1f397-fe0f:reminder_ribbon 1f39f-fe0f:admission_tickets 1f3ab:ticket 1f396-fe0f:medal 1f3c6:trophy
    1f3c5:sports_medal 1f947:first_place_medal 1f948:second_place_medal 1f949:third_place_medal 26bd:soccer
    26be:baseball 1f94e:softball 1f3c0:basketball 1f3d0:volleyball 1f3c8:football 1f3c9:rugby_football 1f3be:tennis
    1f94f:flying_disc 1f3b3:bowling 1f3cf:cricket_bat_and_ball 1f3d1:field_hockey_stick_and_ball
    1f3d2:ice_hockey_stick_and_puck 1f94d:lacrosse 1f3d3:table_tennis_paddle_and_ball
    1f3f8:badminton_racquet_and_shuttlecock 1f94a:boxing_glove 1f94b:martial_arts_uniform 1f945:goal_net 26f3:golf
    26f8-fe0f:ice_skate 1f3a3:fishing_pole_and_fish 1f93f:diving_mask 1f3bd:running_shirt_with_sash 1f3bf:ski
    1f6f7:sled 1f94c:curling_stone 1f3af:dart 1fa80:yo-yo 1fa81:kite 1f52b:gun 1f3b1:8ball 1f52e:crystal_ball
    1fa84:magic_wand 1f3ae:video_game 1f579-fe0f:joystick 1f3b0:slot_machine 1f3b2:game_die 1f9e9:jigsaw
    1f9f8:teddy_bear 1fa85:pinata 1faa9:mirror_ball 1fa86:nesting_dolls 2660-fe0f:spades 2665-fe0f:hearts
    2666-fe0f:diamonds 2663-fe0f:clubs 265f-fe0f:chess_pawn 1f0cf:black_joker 1f004:mahjong
    1f3b4:flower_playing_cards 1f3ad:performing_arts 1f5bc-fe0f:frame_with_picture 1f3a8:art 1f9f5:thread
    1faa1:sewing_needle 1f9f6:yarn 1faa2:knot 1f453:eyeglasses 1f576-fe0f:dark_sunglasses 1f97d:goggles
    1f97c:lab_coat 1f9ba:safety_vest 1f454:necktie 1f455:shirt,tshirt 1f456:jeans 1f9e3:scarf 1f9e4:gloves
    1f9e5:coat 1f9e6:socks 1f457:dress 1f458:kimono 1f97b:sari 1fa71:one-piece_swimsuit 1fa72:briefs 1fa73:shorts
    1f459:bikini 1f45a:womans_clothes 1faad:folding_hand_fan 1f45b:purse 1f45c:handbag 1f45d:pouch
    1f6cd-fe0f:shopping_bags 1f392:school_satchel 1fa74:thong_sandal 1f45e:mans_shoe,shoe 1f45f:athletic_shoe
    1f97e:hiking_boot 1f97f:womans_flat_shoe 1f460:high_heel 1f461:sandal 1fa70:ballet_shoes 1f462:boot
    1faae:hair_pick 1f451:crown 1f452:womans_hat 1f3a9:tophat 1f393:mortar_board 1f9e2:billed_cap
    1fa96:military_helmet 26d1-fe0f:helmet_with_white_cross 1f4ff:prayer_beads 1f484:lipstick 1f48d:ring 1f48e:gem
    1f507:mute 1f508:speaker 1f509:sound 1f50a:loud_sound 1f4e2:loudspeaker 1f4e3:mega 1f4ef:postal_horn 1f514:bell
    1f515:no_bell 1f3bc:musical_score 1f3b5:musical_note 1f3b6:notes 1f399-fe0f:studio_microphone
    1f39a-fe0f:level_slider 1f39b-fe0f:control_knobs 1f3a4:microphone 1f3a7:headphones 1f4fb:radio 1f3b7:saxophone
    1fa97:accordion 1f3b8:guitar 1f3b9:musical_keyboard 1f3ba:trumpet 1f3bb:violin 1fa95:banjo
    1f941:drum_with_drumsticks 1fa98:long_drum 1fa87:maracas 1fa88:flute 1fa89:harp 1f4f1:iphone 1f4f2:calling
    260e-fe0f:phone,telephone 1f4de:telephone_receiver 1f4df:pager 1f4e0:fax 1f50b:battery 1faab:low_battery
    1f50c:electric_plug 1f4bb:computer 1f5a5-fe0f:desktop_computer 1f5a8-fe0f:printer 2328-fe0f:keyboard
    1f5b1-fe0f:three_button_mouse 1f5b2-fe0f:trackball 1f4bd:minidisc 1f4be:floppy_disk 1f4bf:cd 1f4c0:dvd
    1f9ee:abacus 1f3a5:movie_camera 1f39e-fe0f:film_frames 1f4fd-fe0f:film_projector 1f3ac:clapper 1f4fa:tv
    1f4f7:camera 1f4f8:camera_with_flash 1f4f9:video_camera 1f4fc:vhs 1f50d:mag 1f50e:mag_right 1f56f-fe0f:candle
    1f4a1:bulb 1f526:flashlight 1f3ee:izakaya_lantern,lantern 1fa94:diya_lamp 1f4d4:notebook_with_decorative_cover
    1f4d5:closed_book 1f4d6:book,open_book 1f4d7:green_book 1f4d8:blue_book 1f4d9:orange_book 1f4da:books
    1f4d3:notebook 1f4d2:ledger 1f4c3:page_with_curl 1f4dc:scroll 1f4c4:page_facing_up 1f4f0:newspaper
    1f5de-fe0f:rolled_up_newspaper 1f4d1:bookmark_tabs 1f516:bookmark 1f3f7-fe0f:label 1f4b0:moneybag 1fa99:coin
    1f4b4:yen 1f4b5:dollar 1f4b6:euro 1f4b7:pound 1f4b8:money_with_wings 1f4b3:credit_card 1f9fe:receipt 1f4b9:chart
    2709-fe0f:email,envelope 1f4e7:e-mail 1f4e8:incoming_envelope 1f4e9:envelope_with_arrow 1f4e4:outbox_tray
    1f4e5:inbox_tray 1f4e6:package 1f4eb:mailbox 1f4ea:mailbox_closed 1f4ec:mailbox_with_mail
    1f4ed:mailbox_with_no_mail 1f4ee:postbox 1f5f3-fe0f:ballot_box_with_ballot 270f-fe0f:pencil2 2712-fe0f:black_nib
    1f58b-fe0f:lower_left_fountain_pen 1f58a-fe0f:lower_left_ballpoint_pen 1f58c-fe0f:lower_left_paintbrush
    1f58d-fe0f:lower_left_crayon 1f4dd:memo,pencil 1f4bc:briefcase 1f4c1:file_folder 1f4c2:open_file_folder
    1f5c2-fe0f:card_index_dividers 1f4c5:date 1f4c6:calendar 1f5d2-fe0f:spiral_note_pad
    1f5d3-fe0f:spiral_calendar_pad 1f4c7:card_index 1f4c8:chart_with_upwards_trend 1f4c9:chart_with_downwards_trend
    1f4ca:bar_chart 1f4cb:clipboard 1f4cc:pushpin 1f4cd:round_pushpin 1f4ce:paperclip 1f587-fe0f:linked_paperclips
    1f4cf:straight_ruler 1f4d0:triangular_ruler 2702-fe0f:scissors 1f5c3-fe0f:card_file_box 1f5c4-fe0f:file_cabinet
    1f5d1-fe0f:wastebasket 1f512:lock 1f513:unlock 1f50f:lock_with_ink_pen 1f510:closed_lock_with_key 1f511:key
    1f5dd-fe0f:old_key 1f528:hammer 1fa93:axe 26cf-fe0f:pick 2692-fe0f:hammer_and_pick 1f6e0-fe0f:hammer_and_wrench
    1f5e1-fe0f:dagger_knife 2694-fe0f:crossed_swords 1f4a3:bomb 1fa83:boomerang 1f3f9:bow_and_arrow
    1f6e1-fe0f:shield 1fa9a:carpentry_saw 1f527:wrench 1fa9b:screwdriver 1f529:nut_and_bolt 2699-fe0f:gear
    1f5dc-fe0f:compression 2696-fe0f:scales 1f9af:probing_cane 1f517:link 26d3-fe0f-200d-1f4a5:broken_chain
    26d3-fe0f:chains 1fa9d:hook 1f9f0:toolbox 1f9f2:magnet 1fa9c:ladder 1fa8f:shovel 2697-fe0f:alembic
    1f9ea:test_tube 1f9eb:petri_dish 1f9ec:dna 1f52c:microscope 1f52d:telescope 1f4e1:satellite_antenna
    1f489:syringe 1fa78:drop_of_blood 1f48a:pill 1fa79:adhesive_bandage 1fa7c:crutch 1fa7a:stethoscope 1fa7b:x-ray
    1f6aa:door 1f6d7:elevator 1fa9e:mirror 1fa9f:window 1f6cf-fe0f:bed 1f6cb-fe0f:couch_and_lamp 1fa91:chair
    1f6bd:toilet 1faa0:plunger 1f6bf:shower 1f6c1:bathtub 1faa4:mouse_trap 1fa92:razor 1f9f4:lotion_bottle
    1f9f7:safety_pin 1f9f9:broom 1f9fa:basket 1f9fb:roll_of_paper 1faa3:bucket 1f9fc:soap 1fae7:bubbles
    1faa5:toothbrush 1f9fd:sponge 1f9ef:fire_extinguisher 1f6d2:shopping_trolley 1f6ac:smoking 26b0-fe0f:coffin
    1faa6:headstone 26b1-fe0f:funeral_urn 1f9ff:nazar_amulet 1faac:hamsa 1f5ff:moyai 1faa7:placard
    1faaa:identification_card 1f3e7:atm 1f6ae:put_litter_in_its_place 1f6b0:potable_water 267f:wheelchair 1f6b9:mens
    1f6ba:womens 1f6bb:restroom 1f6bc:baby_symbol 1f6be:wc 1f6c2:passport_control 1f6c3:customs 1f6c4:baggage_claim
    1f6c5:left_luggage 26a0-fe0f:warning 1f6b8:children_crossing 26d4:no_entry 1f6ab:no_entry_sign 1f6b3:no_bicycles
    1f6ad:no_smoking 1f6af:do_not_litter 1f6b1:non-potable_water 1f6b7:no_pedestrians 1f4f5:no_mobile_phones
    1f51e:underage 2622-fe0f:radioactive_sign 2623-fe0f:biohazard_sign 2b06-fe0f:arrow_up
    2197-fe0f:arrow_upper_right 27a1-fe0f:arrow_right 2198-fe0f:arrow_lower_right 2b07-fe0f:arrow_down
    2199-fe0f:arrow_lower_left 2b05-fe0f:arrow_left 2196-fe0f:arrow_upper_left 2195-fe0f:arrow_up_down
    2194-fe0f:left_right_arrow 21a9-fe0f:leftwards_arrow_with_hook 21aa-fe0f:arrow_right_hook
    2934-fe0f:arrow_heading_up 2935-fe0f:arrow_heading_down 1f503:arrows_clockwise 1f504:arrows_counterclockwise
    1f519:back 1f51a:end 1f51b:on 1f51c:soon 1f51d:top 1f6d0:place_of_worship 269b-fe0f:atom_symbol
    1f549-fe0f:om_symbol 2721-fe0f:star_of_david 2638-fe0f:wheel_of_dharma 262f-fe0f:yin_yang 271d-fe0f:latin_cross
    2626-fe0f:orthodox_cross 262a-fe0f:star_and_crescent 262e-fe0f:peace_symbol 1f54e:menorah_with_nine_branches
    1f52f:six_pointed_star 1faaf:khanda 2648:aries 2649:taurus 264a:gemini 264b:cancer 264c:leo 264d:virgo
    264e:libra 264f:scorpius 2650:sagittarius 2651:capricorn 2652:aquarius 2653:pisces 26ce:ophiuchus
    1f500:twisted_rightwards_arrows 1f501:repeat 1f502:repeat_one 25b6-fe0f:arrow_forward 23e9:fast_forward
    23ed-fe0f:black_right_pointing_double_triangle_with_vertical_bar
    23ef-fe0f:black_right_pointing_triangle_with_double_vertical_bar 25c0-fe0f:arrow_backward 23ea:rewind
    23ee-fe0f:black_left_pointing_double_triangle_with_vertical_bar 1f53c:arrow_up_small 23eb:arrow_double_up
    1f53d:arrow_down_small 23ec:arrow_double_down 23f8-fe0f:double_vertical_bar 23f9-fe0f:black_square_for_stop
    23fa-fe0f:black_circle_for_record 23cf-fe0f:eject 1f3a6:cinema 1f505:low_brightness 1f506:high_brightness
    1f4f6:signal_strength 1f6dc:wireless 1f4f3:vibration_mode 1f4f4:mobile_phone_off 2640-fe0f:female_sign
    2642-fe0f:male_sign 26a7-fe0f:transgender_symbol 2716-fe0f:heavy_multiplication_x 2795:heavy_plus_sign
    2796:heavy_minus_sign 2797:heavy_division_sign 1f7f0:heavy_equals_sign 267e-fe0f:infinity 203c-fe0f:bangbang
    2049-fe0f:interrobang 2753:question 2754:grey_question 2755:grey_exclamation
    2757:exclamation,heavy_exclamation_mark 3030-fe0f:wavy_dash 1f4b1:currency_exchange 1f4b2:heavy_dollar_sign
    2695-fe0f:medical_symbol,staff_of_aesculapius 267b-fe0f:recycle 269c-fe0f:fleur_de_lis 1f531:trident
    1f4db:name_badge 1f530:beginner 2b55:o 2705:white_check_mark 2611-fe0f:ballot_box_with_check
    2714-fe0f:heavy_check_mark 274c:x 274e:negative_squared_cross_mark 27b0:curly_loop 27bf:loop
    303d-fe0f:part_alternation_mark 2733-fe0f:eight_spoked_asterisk 2734-fe0f:eight_pointed_black_star
    2747-fe0f:sparkle 00a9-fe0f:copyright 00ae-fe0f:registered 2122-fe0f:tm 1fadf:splatter 0023-fe0f-20e3:hash
    002a-fe0f-20e3:keycap_star 0030-fe0f-20e3:zero 0031-fe0f-20e3:one 0032-fe0f-20e3:two 0033-fe0f-20e3:three
    0034-fe0f-20e3:four 0035-fe0f-20e3:five 0036-fe0f-20e3:six 0037-fe0f-20e3:seven 0038-fe0f-20e3:eight
    0039-fe0f-20e3:nine 1f51f:keycap_ten 1f520:capital_abcd 1f521:abcd 1f522:1234 1f523:symbols 1f524:abc
    1f170-fe0f:a 1f18e:ab 1f171-fe0f:b 1f191:cl 1f192:cool 1f193:free 2139-fe0f:information_source 1f194:id
    24c2-fe0f:m 1f195:new 1f196:ng 1f17e-fe0f:o2 1f197:ok 1f17f-fe0f:parking 1f198:sos 1f199:up 1f19a:vs 1f201:koko
    1f202-fe0f:sa 1f237-fe0f:u6708 1f236:u6709 1f22f:u6307 1f250:ideograph_advantage 1f239:u5272 1f21a:u7121
    1f232:u7981 1f251:accept 1f238:u7533 1f234:u5408 1f233:u7a7a 3297-fe0f:congratulations 3299-fe0f:secret
    1f23a:u55b6 1f235:u6e80 1f534:red_circle 1f7e0:large_orange_circle 1f7e1:large_yellow_circle
    1f7e2:large_green_circle 1f535:large_blue_circle 1f7e3:large_purple_circle 1f7e4:large_brown_circle
    26ab:black_circle 26aa:white_circle 1f7e5:large_red_square 1f7e7:large_orange_square 1f7e8:large_yellow_square
    1f7e9:large_green_square 1f7e6:large_blue_square 1f7ea:large_purple_square 1f7eb:large_brown_square
    2b1b:black_large_square 2b1c:white_large_square 25fc-fe0f:black_medium_square 25fb-fe0f:white_medium_square
    25fe:black_medium_small_square 25fd:white_medium_small_square 25aa-fe0f:black_small_square
    25ab-fe0f:white_small_square 1f536:large_orange_diamond 1f537:large_blue_diamond 1f538:small_orange_diamond
    1f539:small_blue_diamond 1f53a:small_red_triangle 1f53b:small_red_triangle_down
    1f4a0:diamond_shape_with_a_dot_inside 1f518:radio_button 1f533:white_square_button 1f532:black_square_button
    1f3c1:checkered_flag 1f6a9:triangular_flag_on_post 1f38c:crossed_flags 1f3f4:waving_black_flag
    1f3f3-fe0f:waving_white_flag 1f3f3-fe0f-200d-1f308:rainbow-flag 1f3f3-fe0f-200d-26a7-fe0f:transgender_flag
    1f3f4-200d-2620-fe0f:pirate_flag 1f1e6-1f1e8:flag-ac 1f1e6-1f1e9:flag-ad 1f1e6-1f1ea:flag-ae 1f1e6-1f1eb:flag-af
    1f1e6-1f1ec:flag-ag 1f1e6-1f1ee:flag-ai 1f1e6-1f1f1:flag-al 1f1e6-1f1f2:flag-am 1f1e6-1f1f4:flag-ao
    1f1e6-1f1f6:flag-aq 1f1e6-1f1f7:flag-ar 1f1e6-1f1f8:flag-as 1f1e6-1f1f9:flag-at 1f1e6-1f1fa:flag-au
    1f1e6-1f1fc:flag-aw 1f1e6-1f1fd:flag-ax 1f1e6-1f1ff:flag-az 1f1e7-1f1e6:flag-ba 1f1e7-1f1e7:flag-bb
    1f1e7-1f1e9:flag-bd 1f1e7-1f1ea:flag-be 1f1e7-1f1eb:flag-bf 1f1e7-1f1ec:flag-bg 1f1e7-1f1ed:flag-bh
    1f1e7-1f1ee:flag-bi 1f1e7-1f1ef:flag-bj 1f1e7-1f1f1:flag-bl 1f1e7-1f1f2:flag-bm 1f1e7-1f1f3:flag-bn
    1f1e7-1f1f4:flag-bo 1f1e7-1f1f6:flag-bq 1f1e7-1f1f7:flag-br 1f1e7-1f1f8:flag-bs 1f1e7-1f1f9:flag-bt
    1f1e7-1f1fb:flag-bv 1f1e7-1f1fc:flag-bw 1f1e7-1f1fe:flag-by 1f1e7-1f1ff:flag-bz 1f1e8-1f1e6:flag-ca
    1f1e8-1f1e8:flag-cc 1f1e8-1f1e9:flag-cd 1f1e8-1f1eb:flag-cf 1f1e8-1f1ec:flag-cg 1f1e8-1f1ed:flag-ch
    1f1e8-1f1ee:flag-ci 1f1e8-1f1f0:flag-ck 1f1e8-1f1f1:flag-cl 1f1e8-1f1f2:flag-cm 1f1e8-1f1f3:cn,flag-cn
    1f1e8-1f1f4:flag-co 1f1e8-1f1f5:flag-cp 1f1e8-1f1f6:flag-sark 1f1e8-1f1f7:flag-cr 1f1e8-1f1fa:flag-cu
    1f1e8-1f1fb:flag-cv 1f1e8-1f1fc:flag-cw 1f1e8-1f1fd:flag-cx 1f1e8-1f1fe:flag-cy 1f1e8-1f1ff:flag-cz
    1f1e9-1f1ea:de,flag-de 1f1e9-1f1ec:flag-dg 1f1e9-1f1ef:flag-dj 1f1e9-1f1f0:flag-dk 1f1e9-1f1f2:flag-dm
    1f1e9-1f1f4:flag-do 1f1e9-1f1ff:flag-dz 1f1ea-1f1e6:flag-ea 1f1ea-1f1e8:flag-ec 1f1ea-1f1ea:flag-ee
    1f1ea-1f1ec:flag-eg 1f1ea-1f1ed:flag-eh 1f1ea-1f1f7:flag-er 1f1ea-1f1f8:es,flag-es 1f1ea-1f1f9:flag-et
    1f1ea-1f1fa:flag-eu 1f1eb-1f1ee:flag-fi 1f1eb-1f1ef:flag-fj 1f1eb-1f1f0:flag-fk 1f1eb-1f1f2:flag-fm
    1f1eb-1f1f4:flag-fo 1f1eb-1f1f7:fr,flag-fr 1f1ec-1f1e6:flag-ga 1f1ec-1f1e7:gb,uk,flag-gb 1f1ec-1f1e9:flag-gd
    1f1ec-1f1ea:flag-ge 1f1ec-1f1eb:flag-gf 1f1ec-1f1ec:flag-gg 1f1ec-1f1ed:flag-gh 1f1ec-1f1ee:flag-gi
    1f1ec-1f1f1:flag-gl 1f1ec-1f1f2:flag-gm 1f1ec-1f1f3:flag-gn 1f1ec-1f1f5:flag-gp 1f1ec-1f1f6:flag-gq
    1f1ec-1f1f7:flag-gr 1f1ec-1f1f8:flag-gs 1f1ec-1f1f9:flag-gt 1f1ec-1f1fa:flag-gu 1f1ec-1f1fc:flag-gw
    1f1ec-1f1fe:flag-gy 1f1ed-1f1f0:flag-hk 1f1ed-1f1f2:flag-hm 1f1ed-1f1f3:flag-hn 1f1ed-1f1f7:flag-hr
    1f1ed-1f1f9:flag-ht 1f1ed-1f1fa:flag-hu 1f1ee-1f1e8:flag-ic 1f1ee-1f1e9:flag-id 1f1ee-1f1ea:flag-ie
    1f1ee-1f1f1:flag-il 1f1ee-1f1f2:flag-im 1f1ee-1f1f3:flag-in 1f1ee-1f1f4:flag-io 1f1ee-1f1f6:flag-iq
    1f1ee-1f1f7:flag-ir 1f1ee-1f1f8:flag-is 1f1ee-1f1f9:it,flag-it 1f1ef-1f1ea:flag-je 1f1ef-1f1f2:flag-jm
    1f1ef-1f1f4:flag-jo 1f1ef-1f1f5:jp,flag-jp 1f1f0-1f1ea:flag-ke 1f1f0-1f1ec:flag-kg 1f1f0-1f1ed:flag-kh
    1f1f0-1f1ee:flag-ki 1f1f0-1f1f2:flag-km 1f1f0-1f1f3:flag-kn 1f1f0-1f1f5:flag-kp 1f1f0-1f1f7:kr,flag-kr
    1f1f0-1f1fc:flag-kw 1f1f0-1f1fe:flag-ky 1f1f0-1f1ff:flag-kz 1f1f1-1f1e6:flag-la 1f1f1-1f1e7:flag-lb
    1f1f1-1f1e8:flag-lc 1f1f1-1f1ee:flag-li 1f1f1-1f1f0:flag-lk 1f1f1-1f1f7:flag-lr 1f1f1-1f1f8:flag-ls
    1f1f1-1f1f9:flag-lt 1f1f1-1f1fa:flag-lu 1f1f1-1f1fb:flag-lv 1f1f1-1f1fe:flag-ly 1f1f2-1f1e6:flag-ma
    1f1f2-1f1e8:flag-mc 1f1f2-1f1e9:flag-md 1f1f2-1f1ea:flag-me 1f1f2-1f1eb:flag-mf 1f1f2-1f1ec:flag-mg
    1f1f2-1f1ed:flag-mh 1f1f2-1f1f0:flag-mk 1f1f2-1f1f1:flag-ml 1f1f2-1f1f2:flag-mm 1f1f2-1f1f3:flag-mn
    1f1f2-1f1f4:flag-mo 1f1f2-1f1f5:flag-mp 1f1f2-1f1f6:flag-mq 1f1f2-1f1f7:flag-mr 1f1f2-1f1f8:flag-ms
    1f1f2-1f1f9:flag-mt 1f1f2-1f1fa:flag-mu 1f1f2-1f1fb:flag-mv 1f1f2-1f1fc:flag-mw 1f1f2-1f1fd:flag-mx
    1f1f2-1f1fe:flag-my 1f1f2-1f1ff:flag-mz 1f1f3-1f1e6:flag-na 1f1f3-1f1e8:flag-nc 1f1f3-1f1ea:flag-ne
    1f1f3-1f1eb:flag-nf 1f1f3-1f1ec:flag-ng 1f1f3-1f1ee:flag-ni 1f1f3-1f1f1:flag-nl 1f1f3-1f1f4:flag-no
    1f1f3-1f1f5:flag-np 1f1f3-1f1f7:flag-nr 1f1f3-1f1fa:flag-nu 1f1f3-1f1ff:flag-nz 1f1f4-1f1f2:flag-om
    1f1f5-1f1e6:flag-pa 1f1f5-1f1ea:flag-pe 1f1f5-1f1eb:flag-pf 1f1f5-1f1ec:flag-pg 1f1f5-1f1ed:flag-ph
    1f1f5-1f1f0:flag-pk 1f1f5-1f1f1:flag-pl 1f1f5-1f1f2:flag-pm 1f1f5-1f1f3:flag-pn 1f1f5-1f1f7:flag-pr
    1f1f5-1f1f8:flag-ps 1f1f5-1f1f9:flag-pt 1f1f5-1f1fc:flag-pw 1f1f5-1f1fe:flag-py 1f1f6-1f1e6:flag-qa
    1f1f7-1f1ea:flag-re 1f1f7-1f1f4:flag-ro 1f1f7-1f1f8:flag-rs 1f1f7-1f1fa:ru,flag-ru 1f1f7-1f1fc:flag-rw
    1f1f8-1f1e6:flag-sa 1f1f8-1f1e7:flag-sb 1f1f8-1f1e8:flag-sc 1f1f8-1f1e9:flag-sd 1f1f8-1f1ea:flag-se
    1f1f8-1f1ec:flag-sg 1f1f8-1f1ed:flag-sh 1f1f8-1f1ee:flag-si 1f1f8-1f1ef:flag-sj 1f1f8-1f1f0:flag-sk
    1f1f8-1f1f1:flag-sl 1f1f8-1f1f2:flag-sm 1f1f8-1f1f3:flag-sn 1f1f8-1f1f4:flag-so 1f1f8-1f1f7:flag-sr
    1f1f8-1f1f8:flag-ss 1f1f8-1f1f9:flag-st 1f1f8-1f1fb:flag-sv 1f1f8-1f1fd:flag-sx 1f1f8-1f1fe:flag-sy
    1f1f8-1f1ff:flag-sz 1f1f9-1f1e6:flag-ta 1f1f9-1f1e8:flag-tc 1f1f9-1f1e9:flag-td 1f1f9-1f1eb:flag-tf
    1f1f9-1f1ec:flag-tg 1f1f9-1f1ed:flag-th 1f1f9-1f1ef:flag-tj 1f1f9-1f1f0:flag-tk 1f1f9-1f1f1:flag-tl
    1f1f9-1f1f2:flag-tm 1f1f9-1f1f3:flag-tn 1f1f9-1f1f4:flag-to 1f1f9-1f1f7:flag-tr 1f1f9-1f1f9:flag-tt
    1f1f9-1f1fb:flag-tv 1f1f9-1f1fc:flag-tw 1f1f9-1f1ff:flag-tz 1f1fa-1f1e6:flag-ua 1f1fa-1f1ec:flag-ug
    1f1fa-1f1f2:flag-um 1f1fa-1f1f3:flag-un 1f1fa-1f1f8:us,flag-us 1f1fa-1f1fe:flag-uy 1f1fa-1f1ff:flag-uz
    1f1fb-1f1e6:flag-va 1f1fb-1f1e8:flag-vc 1f1fb-1f1ea:flag-ve 1f1fb-1f1ec:flag-vg 1f1fb-1f1ee:flag-vi
    1f1fb-1f1f3:flag-vn 1f1fb-1f1fa:flag-vu 1f1fc-1f1eb:flag-wf 1f1fc-1f1f8:flag-ws 1f1fd-1f1f0:flag-xk
    1f1fe-1f1ea:flag-ye 1f1fe-1f1f9:flag-yt 1f1ff-1f1e6:flag-za 1f1ff-1f1f2:flag-zm 1f1ff-1f1fc:flag-zw
    1f3f4-e0067-e0062-e0065-e006e-e0067-e007f:flag-england 1f3f4-e0067-e0062-e0073-e0063-e0074-e007f:flag-scotland
    1f3f4-e0067-e0062-e0077-e006c-e0073-e007f:flag-wales mattermost:mattermost
"""
"""`picture:name,name`, separated by blanks."""

_PICTURES: Final = {
    name: picture
    for picture, _, names in (entry.partition(":") for entry in _TABLE.split())
    for name in names.split(",")
}
_TONED: Final = re.compile(r"(.+?)_(light|medium_light|medium|medium_dark|dark)_skin_tone")
_TONES: Final = {"light": "1f3fb", "medium_light": "1f3fc", "medium": "1f3fd", "medium_dark": "1f3fe", "dark": "1f3ff"}
_AS_EMOJI: Final = "fe0f"
"""The code point that asks for the coloured picture; a skin tone takes its place."""


def find_picture(name: str) -> str | None:
    """The picture's name without its ending, or None for what is no standard emoji."""
    picture = _PICTURES.get(name)
    if picture is not None:
        return picture
    toned = _TONED.fullmatch(name)
    if toned is None or toned[1] not in _PICTURES:
        return None
    first, *rest = _PICTURES[toned[1]].split("-")
    return "-".join([first, _TONES[toned[2]], *(rest[1:] if rest[:1] == [_AS_EMOJI] else rest)])
