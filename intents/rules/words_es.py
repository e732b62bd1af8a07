"""Spanish words and what they stand for, written without accents; see `words_en`."""

from typing import Final

WORDS: Final[dict[str, str]] = {
    "": (
        "el la los las un una unos unas por_favor porfa porfavor porfis ahora ya_mismo "
        "ahora_mismo solo simplemente tambien cuanto_antes si_puedes si_es_posible ahorita "
        "de_inmediato enseguida un_total_de la_cantidad_de cantidad_de un_importe_de "
        "el_importe_de importe_de la_suma_de hasta_ahora ya realmente actualmente "
        "como_maximo entonces luego propio propia todavia aun un_poco un_poquito que_hay "
        "eso_si en_adelante a_partir_de_ahora parcialmente como_mucho a_lo_sumo de_una_vez "
        "por_su_cuenta por_si_solo por_si_mismo"
    ),
    "polite": (
        "puedes podrias puede podria puedes_por_favor me_puedes me_podrias nos_puedes "
        "nos_podrias quiero quisiera queria me_gustaria queremos querria hay_que "
        "tenemos_que tengo_que vamos_a haz_el_favor_de te_importaria te_importa quiero_que "
        "quisiera_que necesito_que necesitamos_que me_gustaria_que queremos_que ayudame_a "
        "me_ayudas_a nos_ayudas_a pueden podrian podeis podriais serias_tan_amable_de "
        "hazme_el_favor_de queriamos nos_gustaria voy_a deseo desearia le_pido_que "
        "te_pido_que quieres hagamos"
    ),
    "yes": (
        "vale ok okay claro bueno venga de_acuerdo perfecto genial dale_pues bien adelante "
        "ups vaya correcto entendido por_supuesto"
    ),
    "hi": (
        "hola buenas buenos_dias buenas_tardes buenas_noches hey oye oiga saludos que_tal "
        "ey hola_a_todos muy_buenas hola_equipo buenas_equipo"
    ),
    "bot": "bursar @bursar bot",
    "thanks": (
        "gracias muchas_gracias mil_gracias muchisimas_gracias te_lo_agradezco se_agradece "
        "gracias_de_antemano gracias_por_todo muy_amable"
    ),
    "raise": (
        "sube subir subid suba suban subas subes subamos aumenta aumentar aumente aumentes "
        "aumentas incrementa incrementar incremente incrementes amplia ampliar amplie "
        "amplies amplias eleva elevar eleve eleves recarga recargar recargue recargues "
        "subele subeles aumentale ampliale incrementale subirle aumentarle ampliarle "
        "subiendo aumentando ampliacion aumento incremento subida refuerza reforzar engorda "
        "extiende extender alza"
    ),
    "raise it": "subelo subela aumentalo aumentala amplialo ampliala incrementalo incrementala",
    "lower": (
        "baja bajar baje bajes reduce reducir reduzca reduzcas disminuye disminuir recorta "
        "recortar recorte recortes bajale rebaja rebajar reducele recortale"
    ),
    "lower it": "bajalo bajala reducelo",
    "give": (
        "da dar de_le des asigna asignar asigne asignes concede conceder conceda concedas "
        "otorga otorgar otorgue dale darle dales asignale concedele otorgale asignarle "
        "concederle entrega dota destina destinar facilita dandole ponle le_das le_asignas "
        "das le_des"
    ),
    "ask": (
        "pide pedime pedinos pedir pida pidas pedid pides pidamos solicita solicitar solicite "
        "solicites "
        "solicito solicitas pido pedimos solicitamos pidele pedirle solicitale quiero_pedir "
        "quiero_solicitar solicitad pidiendo me_gustaria_pedir quisiera_pedir queria_pedir "
        "necesito_pedir dame danos ponme consigueme ponnos me_puedes_dar me_podrias_dar "
        "nos_puedes_dar nos_podrias_dar puedes_darme podrias_darme puedes_darnos "
        "podrias_darnos asigname concedeme me_asignas me_das nos_das me_pones puedo_tener "
        "podemos_tener me_concedes puedo_pedir podria_pedir podemos_pedir asignanos "
        "concedenos me_dan me_dais puedes_pedir"
    ),
    "need": (
        "necesito preciso precisamos necesitamos necesita necesitan hace_falta hacen_falta "
        "me_hacen_falta "
        "nos_hacen_falta me_hace_falta nos_hace_falta necesitare necesitaremos necesitaria "
        "necesitariamos me_falta me_faltan nos_faltan nos_falta requiere requiero "
        "requerimos le_hacen_falta le_hace_falta necesitar me_gustaria_tener quiero_tener "
        "quisiera_tener nos_gustaria_tener querria_tener"
    ),
    "get": "consigue obtener recibir",
    "more": "mas extra adicional adicionales otros otras otro otra de_mas",
    "budget": (
        "presupuesto presupuestos fondos fondo credito creditos dinero asignacion dotacion "
        "partida presupuestaria presupuesto_de_ia pasta dinerito"
    ),
    "limit": (
        "limite limites tope topes techo cuota limite_de_gasto tope_de_gasto limita limitar "
        "limites_de_gasto limitale maximo limitado acota"
    ),
    "wallet": "cartera monedero billetera",
    "wallets": (
        "carteras monederos billeteras arbol todas_las_carteras estructura jerarquia "
        "arbol_de_carteras vista_general panorama todos_los_presupuestos "
        "resumen_de_carteras"
    ),
    "team": "equipo departamento area",
    "teams": "equipos departamentos areas teams",
    "project": "proyecto",
    "projects": "proyectos",
    "set limit": "que_el_limite",
    "set budget": "que_el_presupuesto",
    "polite set limit": "quiero_que_el_limite necesito_que_el_limite queremos_que_el_limite",
    "move": (
        "mueve mover mueva muevan muevas mueves transfiere transferir transfiera transfieras pasa "
        "pasar pase pases pasas traspasa traspasar traspase traspases envia enviar envie "
        "envies reasigna reasignar desplaza pasale pasarle transfierele enviale manda "
        "mandar mandale traslada trasladar redistribuye presta mandes pasame pasanos "
        "traspasale transferencia traspaso reubica cambia_de_sitio transfieres"
    ),
    "take": "saca sacar saque toma tomar coge coger detrae resta descuenta",
    "set": (
        "pon poner ponga pongas fija fijar fije fijes establece establecer establezca "
        "cambia cambiar cambie cambies ajusta ajustar ajuste ajustes define definir "
        "configura configurar deja dejar ponerle fijale cambiale actualiza actualizar "
        "modifica modificar modifique pones marca estableceme colocale fijame ponedle"
    ),
    "make": (
        "haz hacer haga hagas nombra nombrar convierte convertir asciende ascender designa "
        "designar promueve hazle hazlo nombrale convierta promociona"
    ),
    "remove": (
        "quita quitar quite quites elimina eliminar elimine elimines borra borrar borre "
        "borres retira quitale quitarle suprime suprimir retirale revoca revocar eliminale "
        "levanta desactiva quitas desactiva_el apaga_el"
    ),
    "approve": (
        "aprueba aprobar apruebe apruebes acepta aceptar acepte aceptes autoriza autorizar "
        "autorice autorices da_el_visto_bueno_a da_el_visto_bueno visto_bueno_a apruebas "
        "da_luz_verde_a da_el_ok_a confirma aprobamos apruebo acepto autorizo "
        "dale_el_visto_bueno_a doy_el_visto_bueno_a damos_el_visto_bueno_a doy_luz_verde_a "
        "aprueben"
    ),
    "approve it": (
        "apruebala apruebalo aceptala aceptalo autorizala autorizalo aprobarla aprobarlo "
        "apruebamela apruebamelo"
    ),
    "reject": (
        "rechaza rechazar rechace rechaces deniega denegar deniegue niega desestima declina "
        "declinar rechazas deniegues desaprueba di_que_no_a rechazo"
    ),
    "reject it": "rechazala rechazalo deniegala deniegalo rechazarla rechazarlo",
    "cancel": (
        "cancela cancelar cancele canceles anula anular anule anules retirar retire retires "
        "cancelas desiste_de"
    ),
    "cancel it": "cancelala cancelalo anulala anulalo retirala",
    "close": (
        "cierra cerrar cierre cierres archiva archivar archive da_de_baja_la clausura "
        "clausurar cierras cerramos da_de_baja dar_de_baja liquida"
    ),
    "close it": "cierrala cierralo archivala",
    "create": "crea crear cree crees abre abrir abra abras monta creame creas genera creemos",
    "new": "nuevo nueva nuevos nuevas",
    "open": (
        "abiertas abierta abiertos pendiente pendientes en_espera esperando por_decidir "
        "sin_resolver en_cola en_curso"
    ),
    "rename": (
        "renombra renombrar renombre rebautiza rebautizar renombres cambia_el_nombre_de "
        "cambiale_el_nombre_a cambiar_el_nombre_de cambia_de_nombre ponle_otro_nombre_a "
        "cambia_el_nombre_a cambiar_el_nombre_a"
    ),
    "name": "nombre titulo",
    "call": (
        "llamada llamado llama llamar llamale que_se_llame con_el_nombre con_nombre "
        "denominado denominada titulado titulada de_nombre que_se_llama"
    ),
    "add": (
        "anade anadir anada anadas agrega agregar agregue incorpora incorporar invita "
        "invitar suma sumar sumale anadele agregale invites incluye incluir mete meter "
        "da_de_alta dar_de_alta registra registrar inscribe anades alta"
    ),
    "person": (
        "persona usuario usuaria companero companera colega empleado empleada alguien "
        "trabajador trabajadora compa"
    ),
    "people": (
        "personas gente usuarios companeros miembros empleados integrantes plantilla "
        "colegas trabajadores quienes_somos todo_el_mundo"
    ),
    "role": "rol roles permiso permisos cargo puesto papel funcion",
    "resend": "reenvia reenviar vuelve_a_enviar",
    "message": "mensaje mensajes",
    "export": "exporta exportar exportame descarga descargar",
    "chargeback": (
        "chargeback reparto_de_costes reparto_de_costos reparto_de_gastos imputacion_de_costes "
        "costes_por_centro_de_coste costos_por_centro_de_costo"
    ),
    "focus": "focus archivo_focus fichero_focus",
    "json": "json en_json como_json",
    "csv": "csv en_csv como_csv",
    "undelivered": (
        "mensajes_no_entregados no_entregados sin_entregar mensajes_perdidos mensajes_fallidos"
    ),
    "link": "vincula vincular vinculame enlaza enlazar conecta conectar asocia asociar",
    "unlink": ("desvincula desvincular desvinculame desenlaza desenlazar desconecta desconectar"),
    "accounts": "cuenta cuentas cuentas_vinculadas cuenta_vinculada",
    "telegram": "telegram",
    "slack": "slack",
    "terminal": "terminal consola",
    "undo": (
        "deshaz volve_atras vuelve_atras deshacer deshazlo deshacerlo deshaga deshaz_eso "
        "revierte revertir deshagas "
        "revierta vuelve_atras deshacer_eso revertirlo reviertelo da_marcha_atras "
        "marcha_atras echa_atras deshazlo_todo"
    ),
    "chart": ("grafico graficos grafica graficas diagrama grafico_de_barras grafica_de_barras"),
    "show": (
        "muestra mostrar muestrame ensena ensename lista listar listado ver mira mirar "
        "enseneme muestrenos visualiza consulta consultar saber revisa revisar comprueba "
        "muestranos quiero_ver quiero_saber necesito_saber necesito_ver me_gustaria_saber "
        "me_gustaria_ver dame_un dame_una dame_el dame_la dame_los dame_las informe resumen "
        "encuentra busca quisiera_saber quisiera_ver puedo_ver me_muestras me_ensenas "
        "sacame reporte"
    ),
    "tell": "di dime decir dinos cuentame recuerdame me_dices me_puedes_decir puedes_decirme",
    "spend": (
        "gasto gastos gastado gastada gastamos gastaron gastan gasta gastas gastar costo "
        "coste costes costado cuesta cuestan consumo consumido consumos consumieron "
        "consumio uso desembolso facturado factura facturas llevamos_gastado llevo_gastado "
        "lleva_gastado llevan_gastado usado utilizado gastando gastaste pagado pagamos "
        "hemos_gastado consumimos cuanto_llevamos cuanto_llevo cuanto_lleva cuanto_va "
        "costaron fundido gastarse"
    ),
    "balance": (
        "queda quedan saldo saldos disponible disponibles restante restantes sobra sobran "
        "balance libre remanente tenemos_disponible sobrante como_vamos_de como_andamos_de "
        "como_estamos_de como_voy_de como_va_de puedo_gastar podemos_gastar "
        "puedo_gastar_todavia queda_por_gastar puedo_usar podemos_usar tengo_para_gastar"
    ),
    "stand": (
        "vamos voy va estado situacion andamos estamos como_va como_van como_esta "
        "como_estan como_vamos"
    ),
    "forecast": (
        "prevision previsiones pronostico proyeccion proyecciones estimacion estimado "
        "previsto prevista a_este_ritmo ritmo tendencia a_este_paso al_ritmo_actual "
        "proyectado pronosticar perspectiva prevemos preves"
    ),
    "unusual": (
        "algo_raro algo_inusual algo_extrano algo_anormal algo_fuera_de_lo_normal inusual "
        "inusuales gasto_raro gastos_raros gasto_inusual gastos_inusuales cosas_raras "
        "anomalia anomalias alguna_anomalia"
    ),
    "runout": (
        "se_acaba se_acabara se_agota se_agotara agotar agotara agota acabara acabarse "
        "agotarse nos_quedamos_sin me_quedo_sin se_queda_sin quedaremos_sin quedarnos_sin "
        "quedara_sin nos_pasamos nos_pasaremos se_pasa se_pasara pasarnos se_nos_acaba "
        "se_me_acaba se_termina terminara nos_quedaremos_sin me_quedare_sin se_quedara_sin "
        "superara superaremos excedera excederemos quedamos_sin quedarse_sin quedo_sin "
        "queda_sin acaba acabe agote se_acabe se_agote se_funde llegara_al_limite "
        "pasar_del_presupuesto pasar_del_limite va_a_pasar se_va_a_pasar vamos_a_pasar "
        "nos_vamos_a_pasar nos_vamos_a_quedar_sin va_a_quedar_sin se_va_a_quedar_sin"
    ),
    "makeit": (
        "llega llegara llegaremos llegamos llegar alcanza alcanzara basta bastara "
        "suficiente dura durara aguanta aguantara nos_llega me_llega llegare da_para "
        "dara_para nos_alcanza me_alcanza duraremos aguantaremos"
    ),
    "howlong": "cuanto_tiempo cuanto_dura cuanto_durara cuantos_dias cuantas_semanas",
    "top": (
        "top mayor mayores principales mas_alto que_mas quien_mas mas_caro mas_caros "
        "los_que_mas las_que_mas el_que_mas quienes_mas mas_cara"
    ),
    "spender": (
        "gastadores gastador gastadora ranking derrochadores clasificacion "
        "mayores_consumidores consumidores gastadoras mayores_usuarios clasifica"
    ),
    "request": "peticion peticiones solicitud solicitudes aprobacion aprobaciones pedido pedidos",
    "decide": (
        "que_aprobar por_aprobar para_aprobar que_decidir mi_aprobacion "
        "espera_mi_aprobacion esperando_mi_aprobacion esperando_por_mi espera_por_mi "
        "pendiente_de_mi"
    ),
    "is": "es esta son sera sea",
    "now_is": "es_ahora ahora_es debe_ser pasa_a_ser deberia_ser tiene_que_ser va_a_ser",
    "nolonger": (
        "ya_no_es deja_de_ser ya_no ya_no_son no_es_mas dejo_de_ser ya_no_sera "
        "deja_ya_de_ser que_deje_de_ser"
    ),
    "demote": "degrada degradar",
    "warn": (
        "avisa avisar avisame avisanos alerta alertar alertame notifica notificar "
        "notificame avise avises advierte adviertenos advierteme alertanos notificanos "
        "avisadme"
    ),
    "threshold": (
        "umbral umbrales alertas avisos aviso notificaciones umbrales_de_aviso advertencias "
        "umbrales_de_alerta"
    ),
    "reach": (
        "cuando_llegue cuando_alcance alcance supere pase_de pase_del cuando_pase llegue "
        "cuando_supere cuando_gaste haya_gastado cuando_llegue_a"
    ),
    "help": (
        "ayuda ayudame que_puedes_hacer que_sabes_hacer comandos que_haces que_puedo_hacer "
        "que_puedo_pedirte que_puedo_preguntar ordenes opciones instrucciones manual "
        "que_te_puedo_pedir en_que_me_puedes_ayudar en_que_puedes_ayudarme como_funcionas "
        "como_funciona_esto como_te_uso para_que_sirves menu quien_eres que_eres "
        "como_funciona que_cosas_puedes_hacer como_se_usa_esto que_mas_puedes_hacer "
        "que_ofreces que_puedo_decirte que_se_puede_hacer que_acciones_hay "
        "acciones_disponibles necesito_ayuda"
    ),
    "how": (
        "como como_puedo como_podria como_podemos como_se como_hago_para como_hacemos_para "
        "que_pasa_si que_pasaria_si que_ocurre_si y_si es_posible puedo podemos se_puede "
        "hay_forma_de hay_manera_de de_que_manera de_que_forma que_tengo_que_hacer_para "
        "que_hago_para que_sucede_si podria_yo pasos_para debo deberia debemos "
        "explicame_como dime_como como_funciona_lo_de que_necesito_para sabes_si "
        "existe_alguna_forma que_hay_que_hacer_para que_debo_hacer_para se_podria"
    ),
    "howmuch": "cuanto cuanta cuantos cuantas que_cantidad",
    "what": "que cual cuales algo alguna alguno algun hay alguien_mas",
    "why": (
        "por_que porque_no a_que_se_debe a_que_viene explica explicame cual_es_el_motivo "
        "cual_es_la_razon motivo_de por_que_motivo razon_de de_donde_sale explicar"
    ),
    "because": (
        "porque ya_que pues puesto_que debido_a dado_que a_causa_de con_motivo_de motivo pq "
        "porq por_culpa_de que_tenemos que_viene"
    ),
    "when": "cuando para_cuando que_dia en_que_fecha",
    "where": "donde adonde en_que",
    "who": "quien quienes de_quien a_quien",
    "aux": (
        "ha he has han hemos habia sabes acaso fue fueron hiciste tengo tiene tenemos tienen estan"
    ),
    "if": "si_acaso en_caso a_menos_que siempre_que supon supongamos imagina aunque",
    "not": "no nunca jamas tampoco ni sin nadie ninguno evita nada",
    "refused": (
        "rechazada rechazado rechazaron denegada denegado bloqueada bloqueado fallo fallado "
        "denegaron rechazo_a error falla negado negaron ha_rechazado se_rechazo cancelada "
        "cancelado cancelo se_cancelo se_denego"
    ),
    "binds": "aplica aplican bloquea frena vincula afecta impide esta_frenando aprieta",
    "to": "a al hacia",
    "from": "desde",
    "of": "de del",
    "for": "para",
    "in": "en",
    "under": "bajo debajo dentro_de debajo_de colgando_de",
    "by": "por",
    "each": "cada desglose desglosado detalle detallado separado desglosada",
    "with": "con",
    "and": "y e ademas asi_como y_tambien junto_con",
    "but": "pero",
    "it": (
        "esto eso este esta_cartera ese esa esa_cartera este_equipo este_proyecto lo le les "
        "ese_equipo ese_proyecto su sus"
    ),
    "me": "me nos para_mi para_nosotros a_mi a_nosotros conmigo",
    "my": "mi mis nuestro nuestra nuestros nuestras mio mia",
    "i": "yo nosotros",
    "you": "tu te usted ti",
    "all": ("todo todos toda todas la_mitad mitad el_resto todo_lo_que ambas ambos entero entera"),
    "unlimited": "ilimitado ilimitada sin_limite infinito ningun_limite",
    "company": (
        "empresa compania organizacion en_total en_conjunto toda_la_empresa globalmente "
        "global toda_la_compania entre_todos toda_la_organizacion"
    ),
    "last": "ultimo ultima ultimos ultimas anterior reciente",
    "change": "cambio cambios accion acciones cosa paso operacion",
    "model": "modelo modelos",
    "Vday": (
        "diario diaria al_dia por_dia cada_dia /dia a_diario dia_a_dia dia_por_dia diarios "
        "diarias diariamente"
    ),
    "Vweek": "semanal a_la_semana por_semana cada_semana /semana semanales semanalmente",
    "Vmonth": "mensual al_mes por_mes cada_mes /mes mensuales mes_a_mes mes_por_mes mensualmente",
    "Vtotal": "total",
    "day": "dia dias",
    "month": "mes meses",
    "week": "semana semanas",
    "mayspend": (
        "puede_gastar pueda_gastar podra_gastar recibe puede_usar pueda_usar "
        "puede_gastar_hasta gaste"
    ),
    "let": "deja_que permite permite_a dejale permitele permite_que permitir",
    "Kowner": "propietario propietaria dueno duena",
    "Kadmin": "admin administrador administradora",
    "Kfinance": "finanzas financiero financiera",
    "Klead": (
        "lider responsable jefe jefa lead encargado encargada coordinador coordinadora manager "
        "lideres responsables jefes jefas encargados encargadas coordinadores coordinadoras"
    ),
    "Kmember": "miembro integrante",
    "Kviewer": "lector lectora observador observadora invitado invitada visualizador",
    "past": (
        "aprobada subio movio cerro pidio pidieron aprobo aprobe moviste cerraste aprobaste "
        "dijo pedi movi subi movimos subimos rechazamos dieron dio dimos"
    ),
    "give it": "daselos daselo dasela daselas ponlos ponselos pasalos metelos pasaselos anadelos",
    "temp": "temporal temporalmente provisional provisionalmente de_forma_temporal",
    "double": "duplica triplica dobla duplicar doblar duplique",
    "willspend": (
        "gastara gastaremos gastaran vamos_a_gastar va_a_gastar habra_gastado "
        "habremos_gastado gastare"
    ),
    "notlet": "no_dejes_que no_permitas_que que_no",
}
