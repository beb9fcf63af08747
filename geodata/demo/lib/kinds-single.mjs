// One project each, in the centre of a given district: sectors that are rare.
const flow = (kk, ru, en) => ({ kk, ru, en });

const single = (key, kato, category, sector, type, work, cost, months,
	titles, shape = 'point') => ({
	key, kato, category, sector, type, shape, where: 'centre',
	works: [[work, 1, cost, cost * 1.2, months, months + 2, titles]],
});

export const SINGLE = [
	single('airport', '611000000', 'transport', 'transport;transport.air',
		'other', 'landscaping', 380, 7, flow(
			'{at} әуежай алаңын абаттандыру',
			'Благоустройство привокзальной площади аэропорта {at}',
			'Landscaping of the airport forecourt {at}')),
	single('pier', '616400000', 'transport', 'transport;transport.water',
		'other', 'reconstruction', 85, 6, flow(
			'{at} су қоймасының айлағын реконструкциялау',
			'Реконструкция причала на водохранилище {at}',
			'Reconstruction of the pier on the reservoir {at}')),
	single('crossing', '611600000', 'transport', 'transport;transport.rail',
		'other', 'reconstruction', 240, 9, flow(
			'{at} теміржол өткелін реконструкциялау',
			'Реконструкция железнодорожного переезда {at}',
			'Reconstruction of the level crossing {at}')),
	single('charging', '612000000', 'transport',
		'transport;transport.lowCarbon;transport.urban', 'other',
		'equipment', 120, 4, flow(
			'{in} электр автобустарды қуаттау станциясын орнату',
			'Установка станции зарядки электробусов {at}',
			'Charging station for electric buses {at}')),
	single('solar', '615600000', 'energy', 'energy;energy.solar', 'school',
		'equipment', 46, 3, flow(
			'{at} № 2 мектептің шатырына күн панельдерін орнату',
			'Установка солнечных панелей на крыше школы № 2 {at}',
			'Solar panels on the roof of school No. 2 {at}')),
	single('wind', '616000000', 'energy', 'energy;energy.wind', 'other',
		'new_build', 210, 9, flow(
			'{at} су сорғы станциясына арналған жел қондырғысын салу',
			'Строительство ветроустановки для насосной станции {at}',
			'A wind turbine for the pumping station {at}')),
	single('hydro', '615800000', 'energy', 'energy;energy.hydropower',
		'other', 'reconstruction', 690, 15, flow(
			'{at} шағын су электр станциясын реконструкциялау',
			'Реконструкция малой гидроэлектростанции {at}',
			'Reconstruction of a small hydropower station {at}')),
	single('biogas', '615200000', 'energy', 'energy;energy.biomass;' +
		'waterAndWaste', 'other', 'new_build', 330, 11, flow(
		'{at} тазарту құрылыстарында биогаз қондырғысын салу',
		'Строительство биогазовой установки на очистных сооружениях {at}',
		'A biogas unit at the treatment plant {at}')),
	single('geothermal', '615400000', 'energy', 'energy;energy.geothermal',
		'heating', 'new_build', 150, 8, flow(
			'{at} емдеу корпусын геотермалды сумен жылыту жүйесін салу',
			'Строительство геотермальной системы отопления лечебного ' +
			'корпуса {at}',
			'Geothermal heating of a treatment block {at}')),
	single('tender_road', '614800000', 'transport',
		'transport;transport.road', 'other', 'design', 34, 6, flow(
			'{at} айналма жолдың жобалау-сметалық құжаттамасын әзірлеу',
			'Разработка проектно-сметной документации объездной ' +
			'дороги {at}',
			'Design documents for a bypass road {at}')),
];
